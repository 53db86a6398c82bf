"""`simulate(scene)`: set the scene in a local cloud; from then on each `@check` is made as it is defined."""

import contextlib
import decimal
import inspect
import numbers
import os
import random
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import msgspec

from drycloud.cloud.bill import price
from drycloud.cloud.snapshot import Snapshot
from drycloud.grading.checks import mark_of, on_check, title_of
from drycloud.grading.evidence import Answers, Evidence, File
from drycloud.lab.guard import guard
from drycloud.lab.localcloud import LocalCloud
from drycloud.lab.settings import apply, environment
from drycloud.lab.show import Line, show_checks, show_given, tell

_MAX_FILES = 500
_MAX_BYTES = 1024**2

Scene = Callable[..., dict[str, Any]]


class Practice:
    """One scene that was set: the cloud, what was given, and how the checks came out so far."""

    def __init__(self, cloud: LocalCloud, given: dict[str, Any], before: Snapshot, files: dict[str, File]):
        self.cloud, self.given, self.before, self.files = cloud, given, before, files
        self.passed: dict[str, bool] = {}

    def check(self, function: Callable[..., None]) -> None:
        """Make a check and show how it came out; nothing that it does is raised into the notebook."""
        line = self._line(function)
        self.passed[function.__name__] = line.outcome == "passed"
        show_checks([line])

    def _line(self, function: Callable[..., None]) -> Line:
        mark, title = mark_of(function), title_of(function)
        if mark and not all(self.passed.get(name) for name in mark.needs):
            return Line("skipped", title, "not reached: a check before it does not pass yet")
        try:
            evidence = self._evidence()
            function(**{name: evidence.fixture(name) for name in inspect.signature(function).parameters})
        except AssertionError as error:
            return Line("failed", title, str(error.args[0]) if error.args else "")
        except Exception as error:
            return Line("broke", title, f"this check could not be made ({type(error).__name__}: {error})")
        return Line("passed", title, "")

    def _evidence(self) -> Evidence:
        after = self.cloud.snapshot()
        return Evidence(
            before=self.before,
            after=after,
            given=SimpleNamespace(**self.given),
            answers=Answers(_answers()),
            files=_files(),
            files_before=self.files,
            trail=self.cloud.trail(),
            bill=price(after, self.before),
            client=_client,
            fetch=self.cloud.fetch,
        )


_cloud: LocalCloud | None = None


def simulate(scene: Scene) -> SimpleNamespace:
    """Set `scene` in a local cloud that only this notebook uses, and return what the student is given.

    Points boto3 and the AWS CLI at it and at nothing else; what was there from an earlier scene is gone.
    """
    global _cloud
    if _cloud is None or not _cloud.is_alive():
        tell("Starting your cloud …")
        _cloud = LocalCloud()
    _cloud.ask("reset")
    _point_at(_cloud)
    given = _set(scene)
    before, files = _cloud.snapshot(), _files()
    _cloud.ask("start")
    os.environ.update({k.upper(): str(v) for k, v in given.items() if isinstance(v, str | int | float)})
    practice = Practice(_cloud, given, before, files)
    on_check(practice.check)
    show_given(given)
    return SimpleNamespace(**given)


def _point_at(cloud: LocalCloud) -> None:
    """Lead every AWS tool of this process to the local cloud, whatever account was configured before."""
    apply(os.environ, environment(cloud.port))
    guard()
    os.environ["PATH"] = _own_tools_first(os.environ.get("PATH", os.defpath))
    boto3.DEFAULT_SESSION = None


def _own_tools_first(path: str) -> str:
    """A PATH that finds the `aws` beside this Python: Jupyter may run from an environment that is not activated."""
    own = str(Path(sys.executable).parent)
    return os.pathsep.join([own, *(folder for folder in path.split(os.pathsep) if folder != own)])


def _client(service: str, region: str = "us-east-1") -> Any:
    return boto3.client(service, region_name=region)


def _set(scene: Scene) -> dict[str, Any]:
    seed = int(os.environ.get("DRYCLOUD_SEED") or secrets.randbits(32))
    offered: dict[str, Callable[[], Any]] = {
        "ec2": lambda: _client("ec2"),
        "s3": lambda: _client("s3"),
        "client": lambda: _client,
        "rng": lambda: random.Random(seed),
        "workdir": Path.cwd,
    }
    given = scene(**{name: offered[name]() for name in inspect.signature(scene).parameters})
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(given), type=dict[str, Any])
    return plain


def _variables() -> dict[str, Any]:
    """The notebook's top-level variables, or the script's."""
    import __main__

    return {name: value for name, value in vars(__main__).items() if not name.startswith("_")}


def _answers() -> dict[str, Any]:
    """The variables that are plain data, as grading sees them: numpy's numbers and decimals are Python's numbers."""
    found = {}
    for name, value in _variables().items():
        with contextlib.suppress(TypeError, RecursionError):
            found[name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real | decimal.Decimal):
        return float(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str | int) for key in value):
        return {str(key): _plain(item) for key, item in value.items()}
    raise TypeError("no plain data")


def _files() -> dict[str, File]:
    """The small regular files of the working directory; hidden ones, and those that cannot be read, are left out."""
    found: dict[str, File] = {}
    for folder, folders, names in os.walk(Path.cwd()):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(folder, name) for name in sorted(names)):
            file = _file(path) if len(found) < _MAX_FILES else None
            if file is not None:
                found[str(path.relative_to(Path.cwd()))] = file
    return found


def _file(path: Path) -> File | None:
    try:
        is_plain = path.is_file() and not path.is_symlink() and path.stat().st_size < _MAX_BYTES
        return File(path.read_bytes(), path.stat().st_mode & 0o777) if is_plain else None
    except OSError:  # a student may have taken away their own right to read it
        return None
