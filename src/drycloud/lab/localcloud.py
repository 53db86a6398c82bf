"""A simulated cloud on this machine, in a process of its own that ends with the notebook that started it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from drycloud.cloud.account.snapshot import Snapshot, take_snapshot
from drycloud.cloud.account.trail import TracedCall, Trail
from drycloud.cloud.clients.links import Page, open_link
from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.serve import Endpoint
from drycloud.cloud.moto import engine
from drycloud.cloud.state.states import set_transition_seconds
from drycloud.cloud.warm import warm_up
from drycloud.errors import UsageError
from drycloud.lab.guard import open_notebook
from drycloud.lab.settings import apply, environment
from drycloud.lab.worlds import Registration, World
from drycloud.limits import Limits

SERVICES = ["ec2", "s3", "sts"]


class CloudEnded(UsageError):
    """The process of the local cloud has ended, and its content is lost."""


class LocalCloud:
    """The notebook's side: starts the process, and talks to it over a pipe; it ends with the notebook."""

    def __init__(self) -> None:
        self._asked = 0
        clean = dict(os.environ)
        apply(clean, environment(0))
        self._process = subprocess.Popen(
            # "-m" would warn, and without "-P" a student's random.py would replace Python's.
            [sys.executable, "-P", "-c", f"from {__name__} import serve_a_notebook as serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=clean,
            start_new_session=True,  # Jupyter may kill a kernel's whole group, and the cloud could not clean up
        )
        self.port = msgspec.json.decode(self._line(), type=int)

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the cloud; returns when it has cleaned up."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def request(self, what: str) -> bytes:
        """Send one line, and get its answer: JSON in one line; raises CloudEnded if there is no cloud any more."""
        assert self._process.stdin is not None
        self._asked += 1
        try:
            self._process.stdin.write(f"{self._asked} {what}\n".encode())
            self._process.stdin.flush()
        except OSError:
            raise self.ended() from None
        return self._line()

    def announce(self, variables: dict[str, str]) -> str:
        """Let `drycloud shell` find this cloud, with the given values; returns why it cannot, or ''."""
        world = World(self._process.pid, self.port, str(Path.cwd()), _what_runs(), variables, time.time())
        return msgspec.json.decode(self.request("announce " + msgspec.json.encode(world).decode()), type=str)

    def snapshot(self) -> Snapshot:
        """The account as it is now."""
        return msgspec.json.decode(self.request("snapshot"), type=Snapshot)

    def trail(self) -> Trail:
        """Every call since the scene was set."""
        return Trail(*msgspec.json.decode(self.request("trail"), type=tuple[list[TracedCall], float]))

    def fetch(self, url: object, later: float = 0) -> Page:
        """The response to a link to an object, now or in `later` seconds."""
        text = url if isinstance(url, str) and url.isascii() else ""
        return msgspec.json.decode(self.request("fetch " + msgspec.json.encode((text, later)).decode()), type=Page)

    def _line(self) -> bytes:
        """The answer to the last question; an older answer that was not read because of an interrupt is skipped."""
        assert self._process.stdout is not None
        mine = f"{self._asked} ".encode()
        while line := self._process.stdout.readline():
            if line.startswith(mine):
                return line[len(mine) :]
        raise self.ended()

    def ended(self) -> CloudEnded:
        """The error for a cloud whose process has ended or is broken; ends it."""
        self._process.kill()  # in case it still runs
        self._process.wait()
        return CloudEnded("your cloud has ended", hint="run the scene cell again, then your own cells")


def _what_runs() -> str:
    """The notebook's or the script's path, or '' if unknown."""
    path = open_notebook() or getattr(sys.modules.get("__main__"), "__file__", None)
    return str(Path(path).absolute()) if path else ""


def serve_a_notebook() -> None:
    """Answer the notebook's requests on standard input until it is closed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Jupyter's interrupt is for the student's cell, not for the cloud
    words, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    listener = socket.create_server(("127.0.0.1", 0))
    warm_up(SERVICES)
    cloud = Cloud(SERVICES)
    with Endpoint(cloud, listener), closing(Registration()) as registration:
        _tell(answers, b"0", listener.getsockname()[1])
        for line in words:
            number, _, word = line.strip().partition(b" ")
            is_announced = word.startswith(b"announce ")
            _tell(answers, number, _announce(registration, word[9:]) if is_announced else _answer(word, cloud))


def _announce(registration: Registration, word: bytes) -> str:
    try:
        registration.publish(msgspec.json.decode(word, type=World))
    except OSError as error:
        return f"{error.filename or 'the folder for temporary files'}: {error.strerror or error}"
    return ""


def _answer(word: bytes, cloud: Cloud) -> Any:
    with engine.LOCK:
        if word == b"snapshot":
            return take_snapshot()
        if word == b"trail":
            return cloud.trail, cloud.seconds
        if word.startswith(b"fetch "):
            return open_link(*msgspec.json.decode(word[6:], type=tuple[str, float]))
        if word == b"reset":
            engine.reset()
        set_transition_seconds(0 if word == b"reset" else Limits().state_seconds)
        cloud.start_clock()
        return None


def _tell(answers: Any, number: bytes, value: Any) -> None:
    answers.write(number + b" " + msgspec.json.encode(value) + b"\n")
    answers.flush()
