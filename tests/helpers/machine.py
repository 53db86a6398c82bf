"""Running `drycloud` on a machine that refuses something: in namespaces of its own, so that the host is not touched."""

import ctypes
import os
import select
import shlex
import signal
import subprocess
import sys
from pathlib import Path

from patience import PATIENCE

PR_SET_CHILD_SUBREAPER = 36
CLI = [sys.executable, "-m", "drycloud.cli"]
# Gives the capabilities away that were needed to change the namespaces.
PLAIN = ["setpriv", "--inh-caps=-all", "--ambient-caps=-all"]


def inside(script: str, *, user: bool = False) -> list[str]:
    """The command that runs a shell script in a mount namespace of its own, able to mount; `user`: as no root."""
    words = ["unshare", "--mount"]
    if user or os.geteuid() != 0:
        words += ["--user", "--map-user=1000", "--map-group=1000", "--keep-caps"]
    return [*words, "sh", "-ec", script]


def cli(*words: object) -> str:
    """`drycloud` with these arguments, as a line of such a script."""
    return shlex.join([*(PLAIN if os.geteuid() else []), *CLI, *map(str, words)])


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a course's folder, with its build folder there."""
    env = {**os.environ, "DRYCLOUD_BUILD": str(folder / "build"), **environment}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)


def why_not(script: str, **how: bool) -> str:
    """Why this machine does not run such a script; empty when it does."""
    done = subprocess.run(inside(script, **how), capture_output=True, text=True, timeout=PATIENCE, check=False)
    return done.stderr.strip() or f"exit status {done.returncode}" if done.returncode else ""


def one_line(done: subprocess.CompletedProcess[str], status: int = 2) -> str:
    """The only line on standard error of a run that ended with `status`."""
    assert done.returncode == status, done.stdout + done.stderr
    (line,) = done.stderr.splitlines()
    return line


class Told:
    """A pipe in the file system, on which other processes tell how far they are: nobody has to sleep."""

    def __init__(self, path: Path):
        os.mkfifo(path)
        self._end = os.open(path, os.O_RDWR | os.O_NONBLOCK)  # with a writer of our own it never ends

    def wait(self, count: int, seconds: float = PATIENCE) -> None:
        """Return when `count` bytes were told."""
        while count:
            assert select.select([self._end], [], [], seconds)[0], f"{count} are not told"
            count -= len(os.read(self._end, count))

    def rest(self) -> int:
        """How many bytes were told since."""
        return len(os.read(self._end, 65536)) if select.select([self._end], [], [], 0)[0] else 0


def interrupted(command: list[str], folder: Path, told: Told, count: int, **environment: str) -> tuple[int, bytes, str]:
    """Run a command, send Ctrl-C to its process group once `count` bytes are told; status, stdout, stderr.

    Returns when all its processes are gone; raises TimeoutExpired when one stays.
    """
    env = {**os.environ, "DRYCLOUD_BUILD": str(folder / "build"), **environment}
    supervisor = [sys.executable, __file__, *command]
    with subprocess.Popen(supervisor, cwd=folder, env=env, bufsize=0, stdout=-1, stderr=-1) as process:
        assert process.stdout
        group = int(process.stdout.readline())
        try:
            told.wait(count)
            os.killpg(group, signal.SIGINT)
            out, err = process.communicate(timeout=PATIENCE)
        except BaseException:
            os.killpg(group, signal.SIGKILL)
            process.kill()
            raise
    return process.returncode, out, err.decode()


def supervise(command: list[str]) -> int:
    """Run a command in a process group of its own; return when it and all that it has left over are gone."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    process = subprocess.Popen(command, process_group=0)
    print(process.pid, flush=True)
    status = process.wait()
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return status


if __name__ == "__main__":
    sys.exit(supervise(sys.argv[1:]))
