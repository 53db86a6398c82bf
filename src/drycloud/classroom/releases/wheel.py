"""The engine as a wheel, for students without a hub."""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import drycloud
from drycloud.errors import CourseError

WANTED = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "src")
SECONDS = 300


def build_wheel(root: Path, out: Path) -> Path:
    """Build the engine's wheel into `out`, from the course's repository or from this engine's folder.

    No package is downloaded: setuptools must be installed. The build happens on a copy, so the checkout stays clean.
    """
    source = engine_source(root)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="drycloud-wheel-") as folder:
        copy, made = Path(folder) / "engine", Path(folder) / "dist"
        _copy(source, copy)
        done = subprocess.run(_command(copy, made), capture_output=True, text=True, timeout=SECONDS, check=False)
        wheels = sorted(made.glob("drycloud-*.whl"))
        if done.returncode or not wheels:
            hint = "pip install 'setuptools>=77' in this environment"
            raise CourseError(f"the engine's wheel cannot be built: {_reason(done.stderr)}", where=source, hint=hint)
        return Path(shutil.copy2(wheels[0], out / wheels[0].name))


def engine_source(root: Path) -> Path:
    """The folder of the engine's source: the course's repository, else the folder of this package."""
    for folder in (root.resolve(), Path(drycloud.__file__).resolve().parents[2]):
        if _is_engine(folder):
            return folder
    hint = "run it in the engine's repository, or install the engine from there with 'pip install -e'"
    raise CourseError("the engine's source is missing, so no wheel can be built", where=root, hint=hint)


def _command(source: Path, out: Path) -> list[str]:
    offline = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    return [sys.executable, "-m", "pip", "wheel", "--quiet", *offline, "--wheel-dir", str(out), str(source)]


def _reason(messages: str) -> str:
    """The most informative line of pip's output."""
    lines = [line.strip() for line in messages.splitlines() if line.strip()]
    return next(
        (line for line in lines if re.match(r"\w*(Error|Exception)\b|.*No module named", line)), "no wheel was made"
    )


def _is_engine(folder: Path) -> bool:
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(project.get("project", {}).get("name") == "drycloud") and (folder / "src" / "drycloud").is_dir()


def _copy(source: Path, copy: Path) -> None:
    copy.mkdir()
    for name in WANTED:
        path = source / name
        if path.is_dir():
            shutil.copytree(path, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        elif path.exists():
            shutil.copy2(path, copy / name)
    readme = copy / "README.md"
    if not readme.exists():  # pyproject.toml names it
        readme.write_text("The engine of an autograded course.\n", encoding="utf-8")
