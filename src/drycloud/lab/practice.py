"""`simulate(scene)`: set the scene in a local cloud; from then on each `@check` runs when it is defined."""

import contextlib
import decimal
import inspect
import numbers
import os
import random
import secrets
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import msgspec

from drycloud.cloud.account.bill import price
from drycloud.cloud.patches.quick_botocore import quicken_botocore
from drycloud.grading.checks import CheckMark, mark_of, on_check, title_of, waits_for
from drycloud.grading.evidence import Answers, File
from drycloud.grading.session import refuse_input, set_up
from drycloud.lab import pace, points, world
from drycloud.lab.failure import failed
from drycloud.lab.guard import guard
from drycloud.lab.localcloud import CloudEnded, LocalCloud
from drycloud.lab.settings import apply, environment, own_tools_first
from drycloud.lab.show import Line, is_notebook, show_check, show_given, show_text, show_without_scene
from drycloud.lab.workdir import WorkingFiles
from drycloud.limits import Limits

_ENDED = "Your cloud has ended: run the scene cell again, then your own cells, then this one."

Scene = Callable[..., dict[str, Any]]


class Practice:
    """One scene: its cloud, the given values, the files, and the outcomes of the checks so far."""

    def __init__(self, cloud: LocalCloud, folder: Path, given: dict[str, Any], files: dict[str, File]):
        self.cloud, self.folder, self.given, self.files = cloud, folder, given, files
        self.before = cloud.snapshot()
        self._warned_of_surplus = False

    def check(self, function: Callable[..., None]) -> None:
        """Run a check and show its outcome; nothing is raised into the notebook."""
        line = self._line(function)
        points.made[function.__name__] = points.Made(line.title, line.points, line.outcome == "passed")
        show_check(line)

    def _line(self, function: Callable[..., None]) -> Line:
        mark, title = mark_of(function) or CheckMark(0), title_of(function)
        if not self.cloud.is_alive():
            return Line("unmade", title, _ENDED, mark.points)
        first = next((name for name in mark.needs if not points.passed(name)), None)
        if first is not None:
            return Line("waits", title, _waits(first), mark.points)
        try:
            fixtures = self._fixtures()
            function(**{name: fixtures[name]() for name in inspect.signature(function).parameters})
        except AssertionError as error:
            return Line("failed", title, str(error.args[0]) if error.args else "", mark.points)
        except Exception as error:
            if isinstance(error, CloudEnded) or not self.cloud.is_alive():
                return Line("unmade", title, _ENDED, mark.points)
            what = f"This check has an error of its own ({type(error).__name__}: {error}). It is not your fault."
            return Line("broke", title, what, mark.points)
        return Line("passed", title, "", mark.points)

    def _fixtures(self) -> dict[str, Callable[[], Any]]:
        """The fixtures of checks, made when they are requested; see drycloud.grading.evidence.FIXTURES."""
        after = cache(self.cloud.snapshot)
        return {
            "before": lambda: self.before,
            "after": after,
            "given": lambda: SimpleNamespace(**self.given),
            "answers": lambda: Answers(_answers()),
            "files": self._working_files,
            "files_before": lambda: self.files,
            "trail": self.cloud.trail,
            "bill": lambda: price(after(), self.before),
            "ec2": lambda: _client("ec2"),
            "s3": lambda: _client("s3"),
            "client": lambda: _client,
            "fetch": lambda: self.cloud.fetch,
        }

    def _working_files(self) -> WorkingFiles:
        files = WorkingFiles(self.folder)
        if not self._warned_of_surplus and (surplus := files.surplus(Limits())):
            show_text(surplus)
            self._warned_of_surplus = True
        return files


def _waits(name: str) -> str:
    if (needed := points.made.get(name)) is None:
        return "It needs a check before it: run the checks from the first one on."
    return waits_for(needed.title)


_cloud: LocalCloud | None = None
_folder: Path | None = None  # where the first scene was set
_exported: list[str] = []


def simulate(scene: Scene) -> SimpleNamespace:
    """Set `scene` in a local cloud that only this notebook uses, and return what the student is given.

    Configures boto3 and the AWS CLI for it and nothing else; the world of an earlier scene is removed, with
    its files. If the scene fails there is no world at all, and the exception says why in one line.
    """
    on_check(show_without_scene)  # until there is a scene
    _run_as_in_grading()
    points.made.clear()
    pace.begin()
    try:
        practice = _set(scene, _own_folder())
    except BaseException as error:
        _empty_cloud()
        if isinstance(error, Exception):
            gone = _cloud is not None and not _cloud.is_alive()
            raise failed(_cloud.ended() if _cloud and gone else error) from None
        raise
    on_check(practice.check)
    show_given(practice.given)
    return SimpleNamespace(**practice.given)


def _run_as_in_grading() -> None:
    """Make this notebook run its cells by the same contract as grading, with the same botocore."""
    quicken_botocore(shared=True)
    if is_notebook():
        set_up(sys.modules["IPython"].get_ipython())
    else:
        refuse_input()


def _set(scene: Scene, folder: Path) -> Practice:
    """A new world: first the cloud, then the scene in it, then the scene's files."""
    cloud = _started_cloud()
    _point_at(cloud)
    messages = world.remove_files(folder, cloud.port)
    with world.staged(folder, cloud.port) as stage:
        given = _called(scene, stage)
        files = world.read_stage(stage)
        messages += world.put_files(folder, cloud.port, stage, files)
    practice = Practice(cloud, folder, given, files)
    cloud.request("start")
    _export(given)
    if reason := cloud.announce({name: os.environ[name] for name in _exported}):
        messages.append(f"'drycloud shell' will not find this notebook: {reason}")
    for line in messages:
        show_text(line)
    return practice


def _own_folder() -> Path:
    """The working directory at the first scene; grading does not follow later changes of directory."""
    global _folder
    _folder = _folder or Path.cwd()
    os.chdir(_folder)
    return _folder


def _started_cloud() -> LocalCloud:
    """This notebook's cloud, emptied: the running one, or a new one."""
    global _cloud
    if _cloud is not None and _cloud.is_alive():
        with contextlib.suppress(CloudEnded):
            _cloud.request("reset")
            return _cloud
    show_text("Starting your cloud …")
    _cloud = LocalCloud()
    _cloud.request("reset")
    return _cloud


def _empty_cloud() -> None:
    """Remove everything of a scene that failed."""
    _export({})
    if _cloud is not None:
        with contextlib.suppress(CloudEnded):
            _cloud.request("reset")
            _cloud.announce({})


def _export(given: dict[str, Any]) -> None:
    """Export the given values to shells, and remove those of an earlier scene."""
    for name in _exported:
        os.environ.pop(name, None)
    values = {name.upper(): str(v) for name, v in given.items() if isinstance(v, str | int | float)}
    os.environ.update(values)
    _exported.clear()
    _exported.extend(values)


def _point_at(cloud: LocalCloud) -> None:
    """Configure every AWS tool of this process for the local cloud, replacing any real account."""
    apply(os.environ, environment(cloud.port))
    guard()
    os.environ["PATH"] = own_tools_first(os.environ.get("PATH", os.defpath))
    _forget_clients()


def _forget_clients() -> None:
    """Drop the clients that libraries cache: boto3's session, and s3fs's for pandas's `s3://`."""
    boto3.DEFAULT_SESSION = None
    s3fs: Any = sys.modules.get("s3fs")
    if s3fs is not None:
        s3fs.S3FileSystem.clear_instance_cache()


def _client(service: str, region: str = "us-east-1") -> Any:
    return boto3.client(service, region_name=region)


def _called(scene: Scene, workdir: Path) -> dict[str, Any]:
    """The values that the scene returns, as plain data."""
    seed = int(os.environ.get("DRYCLOUD_SEED") or secrets.randbits(32))
    offered: dict[str, Callable[[], Any]] = {
        "ec2": lambda: _client("ec2"),
        "s3": lambda: _client("s3"),
        "client": lambda: _client,
        "rng": lambda: random.Random(seed),
        "variant": lambda: seed,
        "workdir": lambda: workdir,
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
