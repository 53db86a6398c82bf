"""moto's own tests of EC2 and S3 against our cloud: `python tests/fidelity/moto_tests.py CHECKOUT [pytest's words]`.

CHECKOUT is the source of the moto that is installed (`pip download --no-deps --no-binary :all: moto==VERSION`); the
tests need freezegun and requests_mock. Each test begins with a new account. What fails goes to moto_tests.json by cause
(moto_causes.py), and `make fidelity` puts it into the page; what has no cause yet
is told, and the exit status is 1. States change at once here, as moto's tests expect. So that the list is always the
same, calls of a test are counted, not timed, and the names that it invents follow from its own.
"""

import json
import os
import random
import re
import signal
import socket
import sys
import tempfile
import threading
import uuid
from pathlib import Path
from typing import Any
from unittest import mock

LIST = Path(__file__).with_name("moto_tests.json")
SERVICES = ["ec2", "s3", "sts"]
_MOST_CALLS = 3000  # of a test: one that makes more asks again and again for what this cloud refuses
_LONGEST = 600  # seconds of a test, however slow the machine: it waits for what does not come
_IMAGE = re.compile(r"ami-[0-9a-f]{8,17}")


class EndlessTest(BaseException):
    """A test does not end by itself; no Exception, which the test or botocore would take for an answer of AWS."""


class Run:
    """A plugin of pytest: what failed, by test, and in what words. A test that does not end fails."""

    def __init__(self) -> None:
        self.failed: dict[str, str] = {}
        self.counts = {"passed": 0, "failed": 0, "skipped": 0}
        self.calls = 0
        self.names = random.Random()

    def new_uuid(self) -> uuid.UUID:
        """The next of the running test; what answers it, in other threads, has others."""
        mine = threading.current_thread() is threading.main_thread()
        return uuid.UUID(int=(self.names if mine else random.SystemRandom()).getrandbits(128), version=4)

    def count_call(self) -> None:
        """Raise EndlessTest for a call too many of the running test."""
        self.calls += 1
        if self.calls > _MOST_CALLS:
            raise EndlessTest(f"the test made more than {_MOST_CALLS} calls")

    def pytest_runtest_setup(self, item: Any) -> None:
        """Count from here."""
        self.calls = 0
        self.names.seed(item.nodeid)
        signal.signal(signal.SIGALRM, _too_long)
        signal.alarm(_LONGEST)

    def pytest_runtest_teardown(self) -> None:
        """The test has ended; what tears it down may take its time."""
        self.calls = 0
        signal.alarm(0)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Keep what failed; a test counts once."""
        if report.when == "call" or report.outcome != "passed":
            self.counts[report.outcome] += 1
        if report.outcome == "failed":
            self.failed.setdefault(report.nodeid, _words(report))


def _too_long(*_: object) -> None:
    raise EndlessTest(f"the test took more than {_LONGEST} s")


def _words(report: Any) -> str:
    return str(report.longreprtext)[-1500:]


def main(words: list[str]) -> int:
    """Run the tests, write the list; 1 where a failure has no cause."""
    checkout, *more = words
    checkout = str(Path(checkout).resolve())
    os.chdir(tempfile.mkdtemp())  # beside the tests alone: the moto that is installed is the one to test
    Path("tests").symlink_to(Path(checkout).resolve() / "tests")
    sys.path.insert(0, ".")
    _serve()
    run = Run()
    _run_tests(run, more or ["tests/test_ec2", "tests/test_s3"])
    return _tell(run, whole=not more)


def _images(path: Path) -> str:
    """Our images, and of moto's those that its tests name."""
    texts = [
        path.read_text(encoding="utf-8") for path in (Path("tests/__init__.py"), *Path("tests/test_ec2").rglob("*.py"))
    ]
    named = {name for text in texts for name in _IMAGE.findall(text)}
    theirs = json.loads((Path("tests").resolve().parent / "moto/ec2/resources/amis.json").read_text(encoding="utf-8"))
    ours = json.loads(path.read_text(encoding="utf-8"))
    made = Path(tempfile.mkdtemp()) / "amis.json"
    made.write_text(json.dumps([*ours, *(image for image in theirs if image["ami_id"] in named)]), encoding="utf-8")
    return str(made)


def _serve() -> None:
    """Our endpoint, where moto's tests expect its server; its settings are read when moto is imported."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    os.environ |= {"TEST_SERVER_MODE": "true", "TEST_SERVER_MODE_ENDPOINT": f"http://127.0.0.1:{port}"}
    from drycloud.cloud.http.app import Cloud
    from drycloud.cloud.http.meter import Bounds
    from drycloud.cloud.http.serve import Endpoint
    from drycloud.cloud.moto import engine
    from drycloud.cloud.warm import warm_up
    from drycloud.lab.settings import environment

    os.environ["MOTO_AMIS_PATH"] = _images(engine.DATA / "amis.json")
    warm_up(SERVICES)
    Endpoint(Cloud(SERVICES, Bounds(10**9)), listener).__enter__()
    keys = {name: value for name, value in environment(port).items() if name.endswith(("KEY", "KEY_ID"))}
    _patch_moto(keys)


def _patch_moto(keys: dict[str, str]) -> None:
    """Each test begins with a new account, and signs with our keys."""
    from moto.core import models

    from drycloud.cloud.moto import engine

    def reset(_: Any) -> None:
        with engine.LOCK:
            engine.reset()

    models.ServerModeMockAWS.reset = reset
    set_up = models.MockAWS._mock_env_variables

    def environment(self: Any) -> None:
        self._fake_creds |= keys
        set_up(self)

    models.MockAWS._mock_env_variables = environment


class _Still:
    """Waiters do not wait here: states change at once."""

    def sleep(self, _: float) -> None:
        """Go on at once."""


def _run_tests(run: Run, words: list[str]) -> None:
    import botocore.waiter
    import pytest
    from botocore.client import BaseClient

    make_call = BaseClient._make_api_call

    def counted(self: Any, *words: Any) -> Any:
        run.count_call()
        return make_call(self, *words)

    with (
        mock.patch.object(botocore.waiter, "time", _Still()),
        mock.patch.object(BaseClient, "_make_api_call", counted),
        mock.patch.object(uuid, "uuid4", run.new_uuid),
    ):
        pytest.main(
            [*words, "-q", "-p", "no:cacheprovider", "--tb=short", "--no-header", "--rootdir=.", "-W", "ignore"],
            plugins=[run],
        )


def _tell(run: Run, *, whole: bool) -> int:
    """Write the list, if all tests ran; tell what has no cause."""
    from moto_causes import NONE, OPEN, cause

    found: dict[str, list[str]] = {}
    for name, words in sorted(run.failed.items()):
        kind, reason = cause(name, words)
        found.setdefault(reason, []).append(name.removeprefix("tests/"))
        if kind == OPEN:
            print(f"no cause: {name}\n{words}\n")
    if whole:
        text = json.dumps({"counts": run.counts, "failed": found}, indent=1, sort_keys=True)
        LIST.write_text(text + "\n", encoding="utf-8")
    return int(NONE in found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
