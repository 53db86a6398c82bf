"""A simulated cloud on this machine: in the foreground for a shell, or in a process of its own for a notebook."""

import os
import shlex
import signal
import socket
import subprocess
import sys
from typing import Any

import msgspec

from drycloud.cloud import engine
from drycloud.cloud.app import Cloud
from drycloud.cloud.links import Page, open_link
from drycloud.cloud.serve import Endpoint
from drycloud.cloud.snapshot import Snapshot, take_snapshot
from drycloud.cloud.states import set_moment
from drycloud.cloud.warm import warm_up
from drycloud.errors import UsageError
from drycloud.lab.settings import apply, changes, environment
from drycloud.limits import Limits
from drycloud.report import Call

SERVICES = ["ec2", "s3", "sts"]


def serve_forever(port: int | None) -> None:
    """Serve a local cloud until Ctrl-C, after printing what to export; raises UsageError when the port is taken."""
    try:
        listener = socket.create_server(("127.0.0.1", port or 0))
    except OSError as error:
        raise UsageError(
            f"port {port}: {error.strerror}", hint="choose another, or none for any that is free"
        ) from None
    inherited = dict(os.environ)
    apply(os.environ, environment(0))
    warm_up(SERVICES)
    set_moment(Limits().state_seconds)
    with Endpoint(Cloud(SERVICES), listener):
        away, ours = changes(inherited, environment(listener.getsockname()[1]))
        for name in away:
            print(f"unset {name}")
        for name, value in ours.items():
            print(f"export {name}={shlex.quote(value)}")
        print("The cloud is up. Paste the lines above into a shell. Ctrl-C ends it.", file=sys.stderr)
        sys.stdout.flush()
        _wait_for_ctrl_c()


def _wait_for_ctrl_c() -> None:
    try:
        signal.pause()
    except KeyboardInterrupt:
        print("The cloud is gone, and all that was in it.", file=sys.stderr)


class CloudEnded(UsageError):
    """The process of the local cloud is gone, and with it all that was in it."""


class LocalCloud:
    """The notebook's side: starts the process, asks it over a pipe; it ends when the notebook does."""

    def __init__(self) -> None:
        clean = dict(os.environ)
        apply(clean, environment(0))
        self._process = subprocess.Popen(
            # "-m" would warn, and without "-P" a student's random.py would be taken for Python's own.
            [sys.executable, "-P", "-c", f"from {__name__} import serve_a_notebook as serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=clean,
        )
        self.port = msgspec.json.decode(self._line(), type=int)

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def ask(self, what: str) -> bytes:
        """Send one line, and get its answer: JSON in one line; raises CloudEnded when there is no cloud any more."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(what.encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise self.ended() from None
        return self._line()

    def snapshot(self) -> Snapshot:
        """The account as it is now."""
        return msgspec.json.decode(self.ask("snapshot"), type=Snapshot)

    def trail(self) -> list[Call]:
        """Every call since the scene was set."""
        return msgspec.json.decode(self.ask("trail"), type=list[Call])

    def fetch(self, url: object, later: float = 0) -> Page:
        """What a link to an object shows, now or in `later` seconds."""
        text = url if isinstance(url, str) and url.isascii() else ""
        return msgspec.json.decode(self.ask("fetch " + msgspec.json.encode((text, later)).decode()), type=Page)

    def _line(self) -> bytes:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise self.ended()
        return line

    def ended(self) -> CloudEnded:
        """The error for a cloud whose process is gone, or no use any more; it is from then on."""
        self._process.kill()  # should it still hang on somewhere
        self._process.wait()
        return CloudEnded("your cloud has ended", hint="run the scene cell again, then your own cells")


def serve_a_notebook() -> None:
    """Answer the notebook's words on standard input until it hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Jupyter's interrupt is for the student's cell, not for the cloud
    words, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    listener = socket.create_server(("127.0.0.1", 0))
    warm_up(SERVICES)
    cloud = Cloud(SERVICES)
    with Endpoint(cloud, listener):
        _tell(answers, listener.getsockname()[1])
        for word in words:
            _tell(answers, _answer(word.strip(), cloud))


def _answer(word: bytes, cloud: Cloud) -> Any:
    with engine.LOCK:
        if word == b"snapshot":
            return take_snapshot()
        if word == b"trail":
            return cloud.trail
        if word.startswith(b"fetch "):
            return open_link(*msgspec.json.decode(word[6:], type=tuple[str, float]))
        if word == b"reset":
            engine.reset()
        set_moment(0 if word == b"reset" else Limits().state_seconds)
        cloud.start_clock()
        return None


def _tell(answers: Any, value: Any) -> None:
    answers.write(msgspec.json.encode(value) + b"\n")
    answers.flush()
