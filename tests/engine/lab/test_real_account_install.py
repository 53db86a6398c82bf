"""The guard as students get it: from the wheel, in a virtual environment, for an ordinary user, beside other work."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

import pytest
from account_check import CALL, RELEASE, check, environment_of, make_home, seen_of
from account_orders import NO_SCENE, SCENE
from patience import PATIENCE
from repository import ROOT
from setuptools import build_meta
from witness import can_watch, planted, watched

from drycloud.classroom.releases.wheel import build_wheel

SITE = Path(sysconfig.get_paths()["purelib"])
NAME = f"python{sys.version_info.major}.{sys.version_info.minor}"
HOOK = "drycloud_guard.pth"
MODULES = "import sys; print(*sorted(sys.modules))"


def is_open(path):
    """Whether every user may enter the folders above `path`."""
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)


def base_python():
    """A Python of this version that an ordinary user may run: root's own may lie in root's home."""
    own = Path(sys.base_prefix) / "bin" / NAME
    return own if is_open(own) else Path("/usr/bin") / NAME


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def place():
    """A folder that every user may enter, which pytest's own is not."""
    with tempfile.TemporaryDirectory(prefix="drycloud-test-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def pip(python, *words):
    command = [sys.executable, "-m", "pip", "--quiet", "--python", str(python), *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def site_of(python):
    return python.parent.parent / "lib" / NAME / "site-packages"


def make_venv(folder, wheel):
    """A virtual environment with the wheel, which sees the dependencies of this one, and has an `aws` of its own."""
    subprocess.run([str(base_python()), "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin/python"
    pip(python, "install", "--no-deps", "--no-index", str(wheel))
    (site_of(python) / "dependencies.pth").write_text(f"{SITE}\n")  # a .pth file in there is not read: no drycloud
    script = Path(sys.executable).with_name("aws").read_text().splitlines(keepends=True)
    (folder / "bin/aws").write_text("".join([f"#!{python}\n", *script[1:]]))
    (folder / "bin/aws").chmod(0o755)
    return python


@pytest.fixture(scope="module")
def python(place, wheel):
    if not base_python().exists() or not is_open(SITE):
        pytest.skip(f"an ordinary user can run no {NAME} here, or not read its packages")
    return make_venv(place / "venv", wheel)


@pytest.fixture
def home(place):
    with tempfile.TemporaryDirectory(dir=place, ignore_cleanup_errors=True) as folder:
        yield make_home(Path(folder))


def said(python, folder, text="pass", **environment):
    words = [str(python), "-c", text]
    env = {"PATH": os.defpath, "HOME": str(folder), **environment}
    return subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=True, timeout=PATIENCE)


def test_the_wheel_brings_the_hook_and_takes_it_away(place, wheel):
    """It lies beside the package, where Python reads it; `pip uninstall` leaves nothing of it."""
    python = make_venv(place / "other", wheel)
    assert (site_of(python) / HOOK).is_file()
    assert "drycloud.lab.guard" in said(python, place, MODULES).stdout
    pip(python, "uninstall", "--yes", "drycloud")
    assert not list(site_of(python).glob("drycloud*"))
    assert "drycloud" not in said(python, place, MODULES).stdout


def test_an_editable_install_has_the_hook_too(tmp_path, monkeypatch):
    """It lies in the wheel that pip makes of a checkout for an editable install."""
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
    words = [sys.executable, "-c", f"from {build_meta.__name__} import build_editable as b; print(b('.'))"]
    made = subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, text=True).stdout.split()[-1]
    with zipfile.ZipFile(tmp_path / made) as archive:
        assert HOOK in archive.namelist()


def test_the_hook_alone_is_silent(tmp_path):
    """Where only the .pth file is seen, and no drycloud, Python starts without a word."""
    subprocess.run([str(base_python()), "-m", "venv", "--without-pip", str(tmp_path / "bare")], check=True)
    python = tmp_path / "bare/bin/python"
    shutil.copy(ROOT / "src" / HOOK, site_of(python))
    assert (said(python, tmp_path).stdout, said(python, tmp_path).stderr) == ("", "")


def test_a_start_elsewhere_loads_three_small_modules(python, place):
    """Outside of a release's folder nothing else is loaded, and no variable is changed."""
    look = "import os, sys; print(*sorted(sys.modules)); print(sorted(os.environ))"
    with_hook = said(python, place, look).stdout.splitlines()
    words = [str(python), "-S", "-c", look]
    env = {"PATH": os.defpath, "HOME": str(place)}
    bare = subprocess.run(words, cwd=place, env=env, capture_output=True, text=True, check=True).stdout.splitlines()
    ours = {name for name in with_hook[0].split() if name.startswith("drycloud")}
    assert ours == {"drycloud", "drycloud.lab", "drycloud.lab.guard"}
    assert not {"typing", "pathlib", "importlib", "re", "collections"} & (
        set(with_hook[0].split()) - set(bare[0].split())
    )
    assert with_hook[1] == bare[1]


@pytest.mark.skipif(not can_watch(), reason="no network namespace can be made here (unshare, ip, setpriv)")
class TestWatched:
    """As an ordinary user and as root, with the packets, proxies and files watched."""

    @pytest.mark.parametrize("user", [True, False], ids=["user", "root"])
    def test_a_task_alone(self, python, home, user):
        """The AWS CLI and boto3 of the new environment send and read nothing."""
        env = environment_of(home, python)
        for command in ([str(python), "-c", CALL], [str(python.with_name("aws")), "s3", "ls"]):
            report = watched(command, home / RELEASE, env, home, user=user)
            assert seen_of(report) == {}
            assert report["err"].strip() == NO_SCENE

    @pytest.mark.slow
    @pytest.mark.parametrize("user", [True, False], ids=["user", "root"])
    @pytest.mark.parametrize("kind", ["notebook", "script"])
    @pytest.mark.parametrize("order", ["task, scene, task", "client, scene, call", "subprocess", "settings taken away"])
    def test_orders(self, order, kind, user, python, home):
        """Practice works as it does in a checkout, and is as closed."""
        check(order, kind, home, python=str(python), user=user)

    def test_a_project_beside_it_keeps_its_account(self, python, home):
        """Work in the same environment, in another folder, uses its own profile, endpoint and proxies as before."""
        report = watched([str(python), "-c", CALL], home, planted(home), home, user=True)
        assert any("CONNECT" in word for word in report["words"])
        assert str(home / ".aws/credentials") in report["opened"]


ASYNC = (
    """
import asyncio, sys
from aiobotocore.config import AioConfig
from aiobotocore.httpsession import AIOHTTPSession
from aiobotocore.httpxsession import HttpxSession
from aiobotocore.session import get_session
import s3fs

async def names(session):
    async with get_session().create_client("s3", config=AioConfig(http_session_cls=session)) as client:
        return (await client.list_buckets())["Buckets"]

by_http = [lambda kind=kind: asyncio.run(names(kind)) for kind in (AIOHTTPSession, HttpxSession)]
for work in [*by_http, lambda: s3fs.S3FileSystem().ls("")]:
    try:
        print(work())
    except Exception as error:
        print(error)
"""
    + SCENE
    + """
print(s3fs.S3FileSystem().ls(""))
"""
)

SHOWN = ["Starting your cloud …", "given.bucket = 'lesson'", "['lesson']"]


@pytest.mark.slow
@pytest.mark.skipif(not can_watch(), reason="no network namespace can be made here (unshare, ip, setpriv)")
def test_asynchronous_clients_are_held_too(place, wheel, home):
    """aiobotocore, with either of its HTTP libraries, and s3fs, which keeps its clients; after the scene it works."""
    subprocess.run([str(base_python()), "-m", "venv", "--without-pip", str(place / "async")], check=True)
    python = place / "async/bin/python"
    words = [sys.executable, "-m", "pip", "--quiet", "--python", str(python), "install"]
    pip(python, "install", "--no-deps", "--no-index", str(wheel))
    if subprocess.run([*words, "aiobotocore", "s3fs", "httpx"], check=False, capture_output=True).returncode:
        pytest.skip("aiobotocore and s3fs cannot be fetched here")
    (site_of(python) / "dependencies.pth").write_text(f"{SITE}\n")
    report = watched([str(python), "-c", ASYNC], home / RELEASE, environment_of(home, python), home)
    assert report["out"].splitlines() == [*[NO_SCENE] * 3, *SHOWN], report["err"]
    assert seen_of(report) == {}
