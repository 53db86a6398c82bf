"""One sandbox: booted, asked for a listening socket, given jobs, and closed."""

import array
import contextlib
import os
import signal
import socket
import subprocess
import tempfile
from typing import Any, Self

import msgspec

from drycloud.errors import SandboxError
from drycloud.limits import Limits
from drycloud.sandbox import policy
from drycloud.sandbox.messages import HEADER, Job, Outcome, decode_outcome

_BOOT_SECONDS = 60.0
_GRACE_SECONDS = 10.0
_HANG_UP_SECONDS = 1.0


class SandboxLost(Exception):
    """The sandbox died, or stopped answering, during a run."""


class Sandbox:
    """A bubblewrap sandbox with a runner in it; use as a context manager.

    Raises SandboxError when it cannot be started: there is no other way to run untrusted code.
    """

    def __init__(self, limits: Limits, guest: policy.Guest):
        self.limits, self.guest = limits, guest
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  # closed in `close`
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = self._start(theirs)
        self._most = 2 * limits.disk_mib * 1024**2 + 8 * limits.output_kib * 1024 + 1024**2
        self._boot()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def listen(self, port: int) -> socket.socket:
        """A socket that listens on 127.0.0.1:`port` inside the sandbox, for us to accept on."""
        self._send({"op": "listen", "port": port})
        self._socket.settimeout(_GRACE_SECONDS)
        try:
            _, ancillary, _, _ = self._socket.recvmsg(1, socket.CMSG_LEN(array.array("i").itemsize))
        except OSError as error:
            raise SandboxLost(str(error)) from None
        for level, kind, data in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                return socket.socket(fileno=array.array("i", data[:4])[0])
        raise SandboxLost("it gave no socket")

    def run(self, job: Job) -> Outcome:
        """Run a job to its end and return what became of it; every process that it started is then dead.

        Raises SandboxLost when the sandbox dies or answers nothing sensible; it is then closed.
        """
        self._send({"op": "run", **msgspec.to_builtins(job)})
        try:
            return decode_outcome(self._receive(job.limits.wall_seconds + _GRACE_SECONDS))
        except (SandboxLost, SandboxError) as error:
            self.close()
            raise SandboxLost(str(error)) from None

    def close(self) -> None:
        """End everything in the sandbox; harmless when it is dead already.

        The runner ends itself when we hang up, and its time is then counted to us; else it is killed.
        """
        self._socket.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_HANG_UP_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._log.close()

    def _start(self, theirs: socket.socket) -> subprocess.Popen[bytes]:
        files = {name: _data_file(text) for name, text in self.guest.commands.items()}
        try:
            return subprocess.Popen(
                policy.command(self.limits, self.guest, files, theirs.fileno()),
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
                cwd="/",
                pass_fds=(theirs.fileno(), *files.values()),
            )
        finally:
            for fd in files.values():
                os.close(fd)

    def _boot(self) -> None:
        try:
            self._send({"op": "warm", "code": self.guest.warm})
            answer = msgspec.json.decode(self._receive(_BOOT_SECONDS))
        except (SandboxLost, msgspec.DecodeError):
            answer = {"warm": False}
        if answer != {"warm": True}:
            said = self._said()
            self.close()
            raise SandboxError(f"no sandbox can be started here: {said}", hint=_advice(said))

    def _said(self) -> str:
        self._process.kill()
        self._process.wait()
        self._log.seek(0)
        lines = self._log.read(4000).decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "it ended without a word"

    def _send(self, message: dict[str, Any]) -> None:
        data = msgspec.json.encode(message)
        self._socket.settimeout(_GRACE_SECONDS)
        try:
            self._socket.sendall(len(data).to_bytes(HEADER, "big") + data)
        except OSError as error:
            raise SandboxLost(str(error)) from None

    def _receive(self, seconds: float) -> bytes:
        self._socket.settimeout(seconds)
        length = int.from_bytes(self._exactly(HEADER), "big")
        if length > self._most:
            raise SandboxLost("it sent too much")
        return self._exactly(length)

    def _exactly(self, count: int) -> bytes:
        parts: list[bytes] = []
        while count:
            try:
                part = self._socket.recv(min(count, 1024**2))
            except OSError as error:
                raise SandboxLost(str(error)) from None
            if not part:
                raise SandboxLost("it ended")
            parts.append(part)
            count -= len(part)
        return b"".join(parts)


def _data_file(text: str) -> int:
    fd = os.memfd_create("drycloud")
    os.write(fd, text.encode())
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def _advice(said: str) -> str:
    if "user namespace" in said or "uid map" in said or "unshare" in said or "max_user" in said:
        return (
            "allow unprivileged user namespaces (kernel.unprivileged_userns_clone=1, or an AppArmor profile for bwrap)"
        )
    return "nothing is graded without a sandbox"
