"""The trusted side: a launcher, started once, its zygotes, and the sandboxes that they fork, one for each run."""

import contextlib
import os
import resource
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import msgspec

from drycloud.errors import SandboxError
from drycloud.limits import Limits
from drycloud.sandbox import policy
from drycloud.sandbox.calls import seccomp_filter
from drycloud.sandbox.cgroups import Group, group_for, sweep
from drycloud.sandbox.channel import Channel, SandboxBusy, SandboxLost
from drycloud.sandbox.messages import Job, Outcome, decode_outcome

_BOOT_SECONDS = 60.0
_GRACE_SECONDS = 10.0
_SMALL = 1024**2
_MOST_FOR_A_BYTE = 6  # in JSON: a control character is \u0001
_DESCRIPTORS = 65536
_ENDED = "Your code's sandbox ended before your code did."
_LOST = Outcome("killed", _ENDED, left_out=_ENDED)
_MOST_OF_THE_REST = 4 * 1024**2  # answers, the names of files, messages: as limited by the runner


class Sandbox:
    """An isolated environment for one run; use as a context manager. `Zygote.spawn` makes it."""

    def __init__(self, channel: Channel, limits: Limits, zygote: "Zygote", group: Group | None):
        self.limits = limits
        self._channel, self._zygote, self._group = channel, zygote, group
        self._most = 2 * limits.disk_mib * 1024**2 + _MOST_FOR_A_BYTE * 2 * limits.output_kib * 1024 + _MOST_OF_THE_REST

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def listen(self, port: int) -> socket.socket:
        """A socket that listens on 127.0.0.1:`port` inside the sandbox, for us to accept on."""
        self._channel.send({"op": "listen", "port": port})
        return self._channel.receive_socket(_GRACE_SECONDS)

    def run(self, job: Job) -> Outcome:
        """Run a job to its end and return the outcome; every process that it started is then dead.

        Raises SandboxLost if the sandbox dies or sends an invalid answer, and no limit of the run was the reason;
        and if the machine had too little memory for it.
        """
        killed = memory_kills()
        try:
            self._channel.send({"op": "run", **msgspec.to_builtins(job)})
            outcome = decode_outcome(self._channel.receive(job.limits.wall_seconds + _GRACE_SECONDS, self._most))
        except (SandboxError, SandboxLost) as error:
            outcome = self._as_the_kernel_saw_it(_LOST)
            if outcome == _LOST:
                raise SandboxLost(str(error)) from None
        outcome = self._as_the_kernel_saw_it(outcome)
        if self._group:
            is_short = self._group.lost_a_process() and not self._group.ran_out_of_memory()
        else:
            is_short = outcome.killed_by == signal.SIGKILL and memory_kills() != killed
        if is_short:
            raise SandboxLost("this machine was short of memory")
        return outcome

    def close(self) -> None:
        """End everything in the sandbox; harmless if it has ended already."""
        self._channel.close()
        self._zygote.reap()
        if self._group:
            self._group.remove()

    def _as_the_kernel_saw_it(self, outcome: Outcome) -> Outcome:
        """The outcome, naming the limit that the group enforced before the runner's watch noticed it."""
        if not self._group or outcome.outcome == "finished":
            return outcome
        if self._group.ran_out_of_memory():
            words = f"Your code used more than {self.limits.memory_mib} MiB of memory."
            return msgspec.structs.replace(outcome, outcome="out_of_memory", message=words, killed_by=0)
        if self._group.ran_out_of_processes():
            words = f"Your code had more than {self.limits.processes} processes and threads at once."
            return msgspec.structs.replace(outcome, outcome="killed", message=words, killed_by=0)
        return outcome


class Launcher:
    """bubblewrap with everything loaded that a run needs; zygotes are forked from it, and share its memory.

    Raises SandboxError if it cannot be started: there is no other way to run untrusted code.
    """

    def __init__(self, guest: policy.Guest):
        self.guest = guest
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  # closed in `close`
        self._said: list[str] = []  # the lines of the log, once it is closed
        raise_limits()
        ours, theirs = socket.socketpair()
        self._channel = Channel(ours)
        with theirs:
            self._process = self._start(guest, theirs)
        self._ask({"op": "warm", "code": guest.warm})

    def line(self) -> socket.socket:
        """Our end of a connection to a new zygote; raises SandboxError if the launcher died or has no socket."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._ask({"op": "zygote"}, theirs)
        except SandboxError:
            ours.close()
            raise
        return ours

    def close(self) -> None:
        """End the launcher, its zygotes and all their sandboxes.

        It exits when we close the connection, and its processor time is then counted for us; else it is killed.
        """
        self._channel.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE_SECONDS)
        self._process.kill()
        self._process.wait()
        if not self._log.closed:
            self._log.seek(0)
            self._said = self._log.read(4000).decode("utf-8", "replace").strip().splitlines()
            self._log.close()

    def _start(self, guest: policy.Guest, theirs: socket.socket) -> subprocess.Popen[bytes]:
        files = {place: _data_file(text) for place, text in policy.guest_files(guest).items()}
        try:
            return subprocess.Popen(
                policy.command(guest, files, theirs.fileno()),
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
                cwd="/",
                pass_fds=(theirs.fileno(), *files.values()),
                start_new_session=True,  # Ctrl-C is for us to handle
            )
        finally:
            for fd in files.values():
                os.close(fd)

    def _ask(self, message: dict[str, Any], given: socket.socket | None = None) -> None:
        try:
            _ask(self._channel, message, _BOOT_SECONDS, given)
        except SandboxBusy as error:  # it works, and others have zygotes of it
            raise _failure(str(error)) from None
        except SandboxLost:
            self.close()
            raise _failure(self._said[-1] if self._said else "it ended without a message") from None


class Zygote:
    """Makes sandboxes, one at a time: a process of a launcher, with a `line` from it, or else with its own launcher.

    Raises SandboxError if it cannot be started. `groups` says whether sandboxes are put in control groups if these
    are available; else only the runner's watch limits them.
    """

    def __init__(self, guest: policy.Guest, line: socket.socket | None = None, *, groups: bool = True):
        self.guest, self._groups = guest, groups
        self._loaded: set[str] = set()
        if groups:
            sweep()
        self._launcher: Launcher | None = None
        if line is None:
            self._launcher = Launcher(guest)
            line = self._launcher.line()
        self._channel = Channel(line)
        try:
            said = self._channel.receive_plain(_BOOT_SECONDS, _SMALL).get("ready")
        except SandboxLost as error:
            said = str(error)
        if said != "":
            self.close()
            raise _failure(str(said))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def spawn(self, limits: Limits, loads: Iterable[str] = ()) -> Sandbox:
        """A new, isolated sandbox, with the named ones of the guest's `loads` in it.

        Raises SandboxError if the kernel refuses it, SandboxLost if the zygote died.
        """
        for name in set(loads) - self._loaded:
            _ask(self._channel, {"op": "load", "code": self.guest.loads[name]}, _BOOT_SECONDS)
            self._loaded.add(name)
        scratch = policy.scratch(limits)
        ours, theirs = socket.socketpair()
        channel = Channel(ours, ask_for_process=True)
        with theirs:
            message = {"op": "spawn", "scratch": scratch, "proc": policy.PROC, "filter": seccomp_filter()}
            _ask(self._channel, message, _GRACE_SECONDS, theirs)
        process = channel.receive_process(_GRACE_SECONDS)
        said = channel.receive_plain(_GRACE_SECONDS, _SMALL).get("ready")
        if said != "":
            channel.close()
            self.close()
            raise _failure(str(said))
        return Sandbox(channel, limits, self, self._grouped(process, limits, sum(scratch.values())))

    def reap(self) -> None:
        """Kill what the last sandbox left, and wait until it is gone; a zygote that fails to do so is killed."""
        try:
            _ask(self._channel, {"op": "reap"}, _GRACE_SECONDS)
        except SandboxLost:
            self.close()

    @property
    def alive(self) -> bool:
        """Whether it can still make sandboxes, also for a fork of this process."""
        return self._channel.at_rest

    def close(self) -> None:
        """End the zygote and all its sandboxes, and its own launcher, if it has one."""
        self._channel.close()
        if self._launcher:
            self._launcher.close()

    def _grouped(self, process: int, limits: Limits, scratch: int) -> Group | None:
        """The control group of a sandbox's first process, if available."""
        group = group_for(limits, scratch) if self._groups else None
        if group:
            try:
                group.take(process)
            except OSError:
                group.remove()
                return None
        return group


def _ask(channel: Channel, message: dict[str, Any], seconds: float, given: socket.socket | None = None) -> None:
    """Send a request, with a socket, and wait until it is done; raises SandboxLost if it fails."""
    channel.send(message, given)
    answer = channel.receive_plain(seconds, _SMALL)
    if answer == {"refused": message["op"]}:
        raise SandboxBusy("a socket did not get through: too many descriptors are open")
    if answer != {"done": message["op"]}:
        raise SandboxLost("it answers nonsense")


def memory_kills() -> int:
    """How many processes the kernel has ended on this machine for lack of memory; 0 if it is unknown."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/vmstat").read_text(encoding="ascii").splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    return 0


def raise_limits() -> None:
    """Raise the descriptor limit of this process, and of its children, to the machine's maximum; a run gets few."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _failure(said: str) -> SandboxError:
    return SandboxError(f"no sandbox can be started here: {said}", hint=_advice(said))


def _data_file(text: str) -> int:
    fd = os.memfd_create("drycloud")
    os.write(fd, text.encode())
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def _advice(said: str) -> str:
    if any(word in said for word in ("namespace", "uid map", "unshare", "max_user")):
        return (
            "allow unprivileged user namespaces (user.max_user_namespaces above 0, "
            "kernel.unprivileged_userns_clone=1, or an AppArmor profile for bwrap)"
        )
    return "nothing is graded without a sandbox"
