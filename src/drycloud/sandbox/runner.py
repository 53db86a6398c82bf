"""The runner: the process that makes sandboxes and runs a student's code in them. It imports nothing of the engine.

First it is the launcher, which loads what every run needs and forks a zygote for each connection that it gets. A zygote
forks an isolated sandbox for each request; in there it is process 1, and runs one job in a fork. It is not
trusted with a verdict. It cannot be killed or traced by what it runs (process 1 of its namespace, not dumpable), and it
kills every other process when the run ends. Messages are length-prefixed JSON on one socket.

It has more than 300 lines, since it stays one file: the sandbox contains nothing of the engine to import, and a
file that is assembled at start is not the one that reviewers, mypy and tracebacks name. So it is
ordered to be read from top to bottom, each function below its callers:

    the launcher                              what every run needs is loaded once
    a zygote                                  in namespaces of its own, with what few runs need
    a sandbox for one run                     its namespaces and mounts, dropped privileges, its process 1
    one run, seen from process 1              its limits, its output, its end and its outcome
    the working directory                     the files that a run finds, and those that it leaves
    one run, seen from the student's process  its limits, its cells or its program, its last report
    the end of a program                      threads, tasks and open files, as Python ends them
    errors                                    as students read them
    answers                                   variables that are plain data, as JSON
    messages and system calls                 what all of the above uses
"""

import array
import atexit
import base64
import builtins
import contextlib
import ctypes
import decimal
import errno
import fcntl
import gc
import importlib
import io
import itertools
import json
import linecache
import marshal
import numbers
import os
import re
import resource
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

HOME = "/home/student"
EMPTY = b"/opt/empty"  # contains an empty file and an empty folder
TICK = 0.05
THREADS = re.compile(rb"\nThreads:\t(\d+)\n")
RSS = re.compile(rb"\nRss(?:Anon|Shmem):\s+(\d+) kB")
MAX_DEPTH = 20
MAX_FOLDERS_DEEP = 32
MAX_ANSWERS = 512 * 1024
MAX_REPORT = 2 * MAX_ANSWERS + 64 * 1024  # the answers as text in JSON, where a character may take two, and a message
REPORT_SECONDS = 5.0  # seconds
REPORT_MEMORY = 64 * 1024**2  # bytes of memory past the limit, for a run to report its answers
REPORT_FD = 100  # the descriptor on which the student's process reports its outcome
STILL_RUNS = "It had come to its last line, but something that it had started still ran."
OWN_OUTCOMES = ("finished", "raised", "out_of_memory")  # outcomes that the student's process may report itself
MAX_NAMES = 20_000  # files and folders in a scratch place: each takes memory that sizes do not include
MAX_NAME_BYTES = 1024**2  # bytes of the names of the files that come back
MAX_REAPED = 1000  # dead processes that are waited for at a time, so that more of them cannot delay the watch
MAX_INTEGER_BITS = 63
MAX_DESCRIPTORS = 256  # of a process
MAX_SIGNALS = 1024  # pending signals of a run's processes
MAX_LOCKED = 64 * 1024  # bytes of memory
MAX_PIDS = 1024  # process ids of a zygote and its sandboxes

# linux/prctl.h, sched.h, mount.h, capability.h, seccomp.h, sockios.h, if.h; asm-generic/mman-common.h
PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 4, 24, 38, 47, 4
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 1 << 28, 1 << 29, 1 << 30
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000
CAPABILITY_VERSION_3, LAST_CAPABILITY = 0x20080522, 63
MADV_COLLAPSE = 25
PR_SET_SECCOMP, SECCOMP_MODE_FILTER, BPF_INSTRUCTION = 22, 2, 8
SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40
# sandbox/pauses.py, in this folder: a separate module in the sandbox, part of the package elsewhere.
pauses: Any = importlib.import_module(f"{__package__}.pauses" if __package__ else "pauses")
_libc = ctypes.CDLL(None, use_errno=True)
_prctl = _libc.prctl
SHELL: Any = None  # IPython, once it is loaded


# --- the launcher -----------------------------------------------------------------------------------------------------


def main(control: int) -> None:
    """Be the launcher: serve the trusted side until it closes the connection."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # process 1 ignores signals from inside that it does not handle
    _prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    channel = socket.socket(fileno=control)
    channel.set_inheritable(False)
    while True:
        message, given = receive_with_socket(channel)
        if message["op"] == "warm":
            warm(message["code"])
        elif given:
            start_zygote(channel, given)
        send(channel, answer_to(message, given))


def warm(code: str) -> None:
    """Load once what each run needs: IPython without its database, and what `code` imports."""
    global SHELL
    gc.disable()  # as in `load`
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Plain"
    SHELL = InteractiveShell.instance(config=config)
    SHELL.system = system
    SHELL.enable_gui = lambda _gui=None: None  # there are no windows: `%matplotlib inline` needs none
    for name in ("conda", "mamba", "micromamba", "uv"):  # IPython's own versions need a conda environment
        SHELL.register_magic_function(lambda line, name=name: SHELL.system(f"{name} {line}"), magic_name=name)
    SHELL.find_cell_magic("bash")  # it is made when it is first used, with the shells' other magics
    importlib.import_module("asyncio")  # they run with it
    warnings.filterwarnings("ignore", message="To exit:")
    load(code)
    use_large_pages()


def system(command: str) -> None:
    """Run the command of a `!` line. Jupyter gives it a terminal; here it gets our streams."""
    if command.rstrip().endswith("&"):
        raise OSError("Background processes not supported.")  # the text of Jupyter
    words = ["sh", "-c", SHELL.var_expand(command, depth=1)]
    done = subprocess.run(words, check=False, stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    SHELL.user_ns["_exit_code"] = done.returncode


def use_large_pages() -> None:
    """Use pages of 2 MiB for this process's memory, so that a fork shares 50 pages and not 25,000.

    Linux does that when asked since 6.1; before that nothing changes. It takes as long as a copy of the memory.
    """
    for line in Path("/proc/self/maps").read_text().splitlines():
        place, rights, _, _, file, *name = line.split()
        if (rights, file) == ("rw-p", "0") and name in ([], ["[heap]"]):
            start, end = (int(number, 16) for number in place.split("-"))
            _libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), MADV_COLLAPSE)


# --- a zygote ---------------------------------------------------------------------------------------------------------


def start_zygote(channel: socket.socket, theirs: socket.socket) -> None:
    """Fork the zygote of a new connection, in its own user and PID namespaces, which have their own counters."""
    between = os.fork()
    if between == 0:  # a process that only makes the namespaces; its child is their first process
        channel.close()
        try:
            enter_own_users()
            if os.fork():
                os._exit(0)
            zygote_main(theirs)
        except BaseException as error:
            send(theirs, {"ready": f"{type(error).__name__}: {error}"})
        os._exit(1)
    theirs.close()
    os.waitpid(between, 0)


def enter_own_users() -> None:
    """Enter a new user namespace: this user alone, with every capability in it, and no further one can be made."""
    user, group = os.getuid(), os.getgid()
    _prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # else these files belong to root
    call("unshare", CLONE_NEWUSER | CLONE_NEWPID)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path("/proc/self", name).write_text(text)
    _prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def zygote_main(channel: socket.socket) -> None:
    """Be process 1 of a PID namespace, and make sandboxes, one at a time, until the connection is closed."""
    with contextlib.suppress(OSError):  # it belongs to the namespace since Linux 6.14, and before that the machine's
        Path("/proc/sys/kernel/pid_max").write_text(str(MAX_PIDS))
    here, sandbox = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC), 0
    send(channel, {"ready": ""})
    while True:
        message, given = receive_with_socket(channel)
        if message["op"] == "load":
            load(message["code"])
        elif message["op"] == "spawn":
            sandbox = spawn(channel, message, here, given) if given else 0
        elif sandbox:
            os.kill(sandbox, signal.SIGKILL)  # process 1 of its namespace: everything in it dies with it
            os.waitpid(sandbox, 0)
            sandbox = 0
        send(channel, answer_to(message, given))


def answer_to(message: dict[str, Any], given: socket.socket | None) -> dict[str, Any]:
    """The answer that something was done, or failed: a socket of the message may not reach us."""
    needs_socket = message["op"] in ("zygote", "spawn")
    return {"refused" if needs_socket and not given else "done": message["op"]}


def load(code: str) -> None:
    """Run trusted code, so that its imports are ready for every later run."""
    gc.disable()  # what is made here stays: there is nothing to collect
    environment = dict(os.environ)
    exec(code, {"slept": pauses.slept})
    os.environ.clear()  # the environment is the same with and without this load
    os.environ.update(environment)
    gc.freeze()
    gc.enable()


# --- a sandbox for one run --------------------------------------------------------------------------------------------


def spawn(channel: socket.socket, policy: dict[str, Any], here: int, theirs: socket.socket) -> int:
    """Fork the runner of a new sandbox: in its own namespaces, without capabilities, isolated by `policy`.

    The kernel attaches its process id to its first byte for the trusted side. `here` is this process's
    own PID namespace. Returns the process id in this namespace.
    """
    call("unshare", CLONE_NEWPID)  # for the next child
    child = os.fork()
    if child == 0:
        channel.close()
        os.close(here)
        try:
            call("unshare", CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET)
            mount_its_own(policy["scratch"], policy["proc"])
            leave_no_core()
            seal(base64.b64decode(policy["filter"]))
            theirs.sendall(b"P")
            send(theirs, {"ready": ""})
            serve(theirs)
        except BaseException as error:
            theirs.sendall(b"P")
            send(theirs, {"ready": f"{type(error).__name__}: {error}"})
        os._exit(1)
    call("setns", here, CLONE_NEWPID)
    theirs.close()
    return child


def mount_its_own(scratch: dict[str, int], proc: list[str]) -> None:
    """Mount this sandbox's own /proc, in which `proc` and the processes are visible, and an empty `scratch`."""
    call("mount", b"none", b"/", None, MS_PRIVATE | MS_REC, None)
    call("mount", b"proc", b"/proc", b"proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, None)
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit() and not entry.is_symlink():
            narrow(entry, seen=entry.name in proc)
    for place, size in scratch.items():
        options = f"size={size},nr_inodes={MAX_NAMES},mode=0700,uid={os.getuid()},gid={os.getgid()}".encode()
        call("mount", b"tmpfs", place.encode(), b"tmpfs", MS_NOSUID | MS_NODEV, options)
    # All sandboxes of a launcher would share terminals, and could write to each other's.
    call("mount", EMPTY + b"/folder", b"/dev/pts", None, MS_BIND, None)


def narrow(entry: os.DirEntry[str], *, seen: bool) -> None:
    """Make the `seen` entries of a folder read-only, and mount an empty folder or file over all others."""
    place = entry.path.encode()
    if not seen:
        call("mount", EMPTY + (b"/folder" if entry.is_dir() else b"/file"), place, None, MS_BIND, None)
    elif entry.is_dir():
        call("mount", place, place, None, MS_BIND, None)
        flags = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC
        call("mount", None, place, None, MS_BIND | MS_REMOUNT | flags, None)


def leave_no_core() -> None:
    """Disable core dumps. The seccomp filter keeps them disabled (calls.py).

    With a limit of 1 nothing is written; with 0 the kernel would still start the machine's program for
    core dumps (core_pattern): as root, outside of the sandbox, once for each crash.
    """
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    least = 0 if most == 0 else 1
    resource.setrlimit(resource.RLIMIT_CORE, (least, least))


def seal(seccomp: bytes) -> None:
    """Drop every privilege, and the system calls that `seccomp` (a BPF program) refuses.

    Raises OSError if a step fails.
    """
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", IFF_UP | IFF_RUNNING))
    for capability in range(LAST_CAPABILITY + 1):
        _prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # fails for capabilities that this kernel does not know
    call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    call("capset", struct.pack("=Ii", CAPABILITY_VERSION_3, 0), bytes(24))
    call("prctl", PR_SET_DUMPABLE, 0, 0, 0, 0)
    status = Path("/proc/self/status").read_text()
    if len(re.findall(r"^Cap(?:Inh|Prm|Eff|Bnd|Amb):\t0+$", status, re.MULTILINE)) != 5:
        raise PermissionError("capabilities are left")
    code = ctypes.create_string_buffer(seccomp, len(seccomp))
    program = struct.pack("HxxxxxxP", len(seccomp) // BPF_INSTRUCTION, ctypes.addressof(code))
    call("prctl", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0)
    os.chdir(HOME)


def serve(channel: socket.socket) -> None:
    """Be process 1 of the sandbox: pass listening sockets, run jobs, until the trusted side closes the connection."""
    while True:
        message = receive(channel)
        if message["op"] == "listen":
            give_listener(channel, message["port"])
        else:
            send(channel, run_safely(message, channel))


def give_listener(channel: socket.socket, port: int) -> None:
    """Pass a listening socket, and keep no copy: code in here can only connect to it."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(256)
        rights = array.array("i", [listener.fileno()])
        channel.sendmsg([b"L"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])


def run_safely(job: dict[str, Any], channel: socket.socket) -> dict[str, Any]:
    """The outcome of a job. A run must not end this process: if examining it fails, the outcome says so."""
    try:
        return run(job, channel)
    except Exception as error:
        kill_others()
        what = f"What your code left could not be looked at ({type(error).__name__})."
        return {"outcome": "killed", "message": what, "left_out": what}


# --- one run, seen from process 1 -------------------------------------------------------------------------------------


class Run:
    """The state of a run: its output so far, the child's own report, and why it was ended."""

    def __init__(self, limits: dict[str, Any]):
        self.limits = limits
        self.started = time.monotonic()
        self.stdout, self.stderr, self.word = bytearray(), bytearray(), bytearray()
        self.cut = False
        self.ended: tuple[str, str] | None = None

    def keep(self, name: str, data: bytes) -> None:
        kept = getattr(self, name)
        room = (3 * MAX_REPORT if name == "word" else self.limits["output_kib"] * 1024) - len(kept)
        kept += data[: max(room, 0)]
        if name == "word" and b"\n" in data:
            del kept[: kept.rfind(b"\n", 0, kept.rfind(b"\n")) + 1]  # only the last one counts
        self.cut = self.cut or (len(data) > room and name != "word")

    def check(self) -> None:
        """Notice a limit that is exceeded; the first one counts."""
        if self.ended:
            return
        if time.monotonic() - self.started > self.limits["wall_seconds"]:
            self.ended = (
                "timed_out",
                f"Your code was stopped after {self.limits['wall_seconds']:g} seconds.",
            )
            return
        if pauses.slept() > self.limits["wait_seconds"]:
            self.ended = ("timed_out", f"Your code waited for more than {self.limits['wait_seconds']:g} seconds.")
            return
        processes = {pid: use_of(pid) for pid in others()}
        most = self.limits["memory_mib"] * 1024**2
        if sum(threads for threads, _ in processes.values()) > self.limits["processes"]:
            what = f"Your code had more than {self.limits['processes']} processes and threads at once."
            self.ended = ("killed", what)
        elif sum(size for _, size in processes.values()) > most and memory_of(processes) > most:
            self.ended = (
                "out_of_memory",
                f"Your code used more than {self.limits['memory_mib']} MiB of memory.",
            )


def run(job: dict[str, Any], channel: socket.socket) -> dict[str, Any]:
    """Run a job in a child, watch it, kill everything that it left, and return the outcome."""
    write_files(job["files"])
    write_program(job)
    pauses.share()
    state = Run(job["limits"])
    pipes = {name: os.pipe() for name in ("stdout", "stderr", "word")}
    for read, _ in pipes.values():
        os.set_blocking(read, False)  # else a process that reads our data first could block us
    child = os.fork()
    if child == 0:
        try:
            student_main(job, channel, pipes)
        finally:
            os._exit(1)  # whatever happened: the rest is not for the child
    for _, write in pipes.values():
        os.close(write)
    ends = {read: name for name, (read, _) in pipes.items()}
    status = watch(child, ends, state)
    kill_others()
    drain(ends, state)
    return outcome(state, status, job["limits"])


def watch(child: int, ends: dict[int, str], state: Run) -> int | None:
    """Read what the run prints until its first process ends or a limit is exceeded; the wait status, or None."""
    checked = 0.0
    while True:
        open_ends = list(ends)
        for read in select.select(open_ends, [], [], TICK)[0]:
            take(read, ends, state)
        if time.monotonic() - checked > TICK:
            state.check()
            checked = time.monotonic()
        status = reap(child)
        if status is not None:
            state.check()  # a run that hit a limit may have ended before the check
        if status is None and state.ended:
            return allow_last_report(child, ends, state)
        if status is not None:
            return status


def allow_last_report(child: int, ends: dict[int, str], state: Run) -> int | None:
    """Kill all but the first process of a run that hit a limit: it has some seconds to report its answers so far.

    The signal is repeated until it ends: Python can miss one that arrives just before a blocking system call.
    Returns its wait status, or None if it did not end.
    """
    last = time.monotonic() + REPORT_SECONDS
    while time.monotonic() < last:
        for number in (signal.SIGXCPU, signal.SIGCONT):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, number)
        for process in others():
            if process != child:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        for read in select.select(list(ends), [], [], TICK)[0]:
            take(read, ends, state)
        status = reap(child)
        if status is not None:
            return status
    return None


def drain(ends: dict[int, str], state: Run) -> None:
    """Read what is left in the pipes. Writers are dead, but a pipe may still be in transit through a socket."""
    for read in list(ends):
        while take(read, ends, state):
            pass


def take(read: int, ends: dict[int, str], state: Run) -> bool:
    """Read once from a pipe; False if it is empty, or has no writer left."""
    try:
        data = os.read(read, 65536)
    except BlockingIOError:
        return False
    if data:
        state.keep(ends[read], data)
    else:
        os.close(read)
        del ends[read]
    return bool(data)


def reap(child: int) -> int | None:
    """Reap dead processes; returns the child's wait status if it is among them."""
    found = None
    with contextlib.suppress(ChildProcessError):
        for _ in range(MAX_REAPED):
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                break
            found = status if process == child else found
    return found


def outcome(state: Run, status: int | None, limits: dict[str, Any]) -> dict[str, Any]:
    """The result message: the child's own report, unless a limit or a signal ended it."""
    word = last_report(state.word)
    kind, message = word["outcome"], word["message"]
    if not word["done"]:
        kind, message = how_it_died(status, limits)
    killed_by = os.WTERMSIG(status) if kind == "killed" and status is not None and os.WIFSIGNALED(status) else 0
    if state.ended:
        (kind, message), killed_by = state.ended, 0
    if not word["done"]:
        message = f"{message} {word['message']}".strip()
    if state.cut:
        message = f"{message} Your code printed more than {limits['output_kib']} KiB; the rest is left out.".strip()
    files, unread, left_out = read_files(limits)
    if too_much(limits) in unread.values():
        what = f"Your code left more than {limits['disk_mib']} MiB of files; some were not looked at."
        message = f"{message} {what}".strip()
    message = f"{message} {left_out}".strip()
    return {
        "outcome": kind,
        "message": message[:2000],
        "seconds": round(time.monotonic() - state.started, 3),
        "stdout": state.stdout.decode("utf-8", "replace"),
        "stderr": state.stderr.decode("utf-8", "replace"),
        "answers": word["answers"],
        "files": files,
        "unread": unread,
        "left_out": left_out,
        "killed_by": killed_by,
        "slept": pauses.slept(),
    }


def last_report(text: bytearray) -> dict[str, Any]:
    """The last full report of the student's process: its outcome, a message, its answers, and whether it ended."""
    for line in reversed(text.split(b"\n")):
        with contextlib.suppress(ValueError, TypeError, RecursionError):
            found: dict[str, Any] = {"done": True} | json.loads(line)
            if found.get("outcome") in OWN_OUTCOMES and all(
                type(found.get(key)) is str for key in ("message", "answers")
            ):
                return found
    return {"outcome": "killed", "message": "", "answers": "{}", "done": False}


def how_it_died(status: int | None, limits: dict[str, Any]) -> tuple[str, str]:
    """The outcome and the message for a process that did not report that it is done."""
    if status is None:
        return "killed", ""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return "timed_out", f"Your code used more than {limits['cpu_seconds']} seconds of processor time."
        return "killed", f"Your code's process was ended by {name_of(number)} ({signal.strsignal(number)})."
    what = f"Your code ended its own process (exit status {os.WEXITSTATUS(status)}) before its last line."
    return "killed", what


def name_of(number: int) -> str:
    """A signal's name; Python has none for most real-time signals, which are counted from the first."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"SIGRTMIN+{number - signal.SIGRTMIN}" if number > signal.SIGRTMIN else f"SIG{number}"


def memory_of(processes: Iterable[int]) -> int:
    """The resident memory of all of them, in bytes."""
    return sum(proportional(pid) for pid in processes)


def proportional(pid: int) -> int:
    """A process's share of its memory (PSS); one that hides it (not dumpable) counts fully."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return use_of(pid)[1]
    return sum(int(size) for size in re.findall(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)) * 1024


def use_of(pid: int) -> tuple[int, int]:
    """The number of threads of a process, and its anonymous resident memory in bytes; 0 if it is gone.

    A fork counts everything that it inherited, so the sum over processes is a quick upper bound.
    """
    try:
        status = os.open(f"/proc/{pid}/status", os.O_RDONLY)
    except OSError:
        return 0, 0
    try:
        text = os.read(status, 8192)
    except OSError:
        return 0, 0
    finally:
        os.close(status)
    return sum(map(int, THREADS.findall(text))), sum(map(int, RSS.findall(text))) * 1024


def kill_others() -> None:
    """Kill every process but this one, and wait until there is none."""
    while True:
        with contextlib.suppress(OSError):
            os.kill(-1, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            if not others():
                return
            time.sleep(0.001)


def others() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and name != "1"]


# --- the working directory --------------------------------------------------------------------------------------------


def write_files(files: dict[str, Any]) -> None:
    for name, file in files.items():
        path = Path(HOME, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(file["data"]))
        path.chmod(file["mode"])
        if file["mtime"] is not None:
            os.utime(path, (file["mtime"], file["mtime"]))


def write_program(job: dict[str, Any]) -> None:
    """Put a program into the working directory, unless it would replace a library on import."""
    name, _, suffix = job["program"].rpartition(".")
    if suffix == "sh":
        job["cells"][0] = job["cells"][0].replace("\r\n", "\n")
    if name and (suffix == "sh" or name not in sys.stdlib_module_names):
        Path(HOME, job["program"]).write_bytes(job["cells"][0].encode("utf-8", "surrogatepass"))


def read_files(limits: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str], str]:
    """The regular files of the working directory, limited in number and size; those that exist and were not read,
    each with the reason; and why there may be more, whose names are unknown.
    """
    files: dict[str, Any] = {}
    unread: dict[str, str] = {}
    left_out: list[str] = []
    room, names = limits["disk_mib"] * 1024**2, MAX_NAME_BYTES
    for path in regular_files(HOME, MAX_FOLDERS_DEEP, left_out):
        name = os.fsencode(path.relative_to(HOME)).decode("utf-8", "backslashreplace")
        names -= len(json.dumps(name, ensure_ascii=False).encode())
        if len(files) + len(unread) >= limits["files"]:
            left_out.append(f"Your code left more than {limits['files']} files; the others were not looked at.")
            break
        if names < 0:
            left_out.append("Your code left files with too long names; some were not looked at.")
            break
        try:
            data, mode = content_of(path, name, room)
        except OSError as error:
            unread[name] = error.strerror or "it cannot be read"
        except OverflowError:
            unread[name] = too_much(limits)
        else:
            files[name] = {"data": base64.b64encode(data).decode(), "mode": mode}
            room -= len(data)
    return files, unread, " ".join(dict.fromkeys(left_out))


def content_of(path: Path, name: str, room: int) -> tuple[bytes, int]:
    """A file's bytes and permission bits; raises OSError if they cannot be read, OverflowError for more than `room`.

    `name` is the file's name in the report.
    """
    if name != str(path.relative_to(HOME)):
        raise OSError(errno.EILSEQ, "its name is not in UTF-8")
    found = path.stat()
    if found.st_size > room:
        raise OverflowError
    return path.read_bytes(), found.st_mode & 0o7777


def too_much(limits: dict[str, Any]) -> str:
    return f"all files together have more than {limits['disk_mib']} MiB"


def regular_files(folder: str, depth: int, left_out: list[str]) -> Iterator[Path]:
    """The paths of the regular files, without hidden folders; `left_out` gets a line for other skipped folders."""
    try:
        entries = sorted(entries_of(folder), key=lambda entry: entry.name)
    except OSError as error:
        left_out.append(f"Your code left a folder that cannot be looked into ({error.strerror}).")
        return
    for entry in entries:
        if entry.is_file(follow_symlinks=False):
            yield Path(entry.path)
        elif entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            if depth:
                yield from regular_files(entry.path, depth - 1, left_out)
            else:
                left_out.append(f"Your code left more than {MAX_FOLDERS_DEEP} folders in each other.")


def entries_of(folder: str) -> Iterable[os.DirEntry[str]]:
    """The entries of a folder; one without permissions for its owner is opened."""
    try:
        return list(os.scandir(folder))
    except PermissionError:
        Path(folder).chmod(0o700)
        return list(os.scandir(folder))


# --- one run, seen from the student's process -------------------------------------------------------------------------


def student_main(job: dict[str, Any], channel: socket.socket, pipes: dict[str, Any]) -> None:
    """Become the student's process: set limits and output, run the cells, report the outcome, exit."""
    channel.close()
    os.setsid()
    _prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(pipes["stdout"][1], 1)
    os.dup2(pipes["stderr"][1], 2)
    os.dup2(pipes["word"][1], REPORT_FD, inheritable=False)
    os.closerange(3, REPORT_FD)
    os.closerange(REPORT_FD + 1, 4096)
    set_limits(job["limits"])
    signal.signal(signal.SIGINT, signal.default_int_handler)  # as in Jupyter and in any program
    Path("/proc/self/oom_score_adj").write_text("900")  # the kernel kills this process before the watch
    os.register_at_fork(after_in_child=prefer_as_oom_victim)
    os.environ.update(job["environment"])
    pauses.begin()
    for target in job["commands"]:
        take_over(target)
    atexit._clear()  # handlers of modules that were loaded before do not concern this run
    try:
        for message in run_student(job):
            write_all(REPORT_FD, json.dumps(message).encode() + b"\n")
    except BaseException as error:
        message = {"outcome": "raised", "message": describe(error), "answers": "{}"}
        write_all(REPORT_FD, json.dumps(message).encode() + b"\n")
    with contextlib.suppress(BaseException):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(0)


def set_limits(limits: dict[str, Any]) -> None:
    memory = limits["memory_mib"] * 1024**2
    cpu = limits["cpu_seconds"]
    descriptors = min(MAX_DESCRIPTORS, resource.getrlimit(resource.RLIMIT_NOFILE)[1] // 2)
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_AS, memory + 1024**3, memory + 1024**3),  # address space is more than memory
        (resource.RLIMIT_DATA, memory, memory + REPORT_MEMORY),
        # Twice the limit: the watch names the limit, this one only keeps a fork bomb small until then.
        (resource.RLIMIT_NPROC, 2 * limits["processes"], 2 * limits["processes"]),
        # Far fewer than the trusted side has: the kernel counts descriptors in transit through sockets by user, and
        # refuses more to a process whose limit is below that count.
        (resource.RLIMIT_NOFILE, descriptors, descriptors),
        (resource.RLIMIT_FSIZE, limits["disk_mib"] * 1024**2, limits["disk_mib"] * 1024**2),
        # Independent of the machine's settings: no higher priority, no queues in the kernel's memory.
        (resource.RLIMIT_RTPRIO, 0, 0),
        (resource.RLIMIT_NICE, 0, 0),
        (resource.RLIMIT_MSGQUEUE, 0, 0),
        # These are counted by user, too: a run may use little.
        (resource.RLIMIT_SIGPENDING, MAX_SIGNALS, MAX_SIGNALS),
        (resource.RLIMIT_MEMLOCK, MAX_LOCKED, MAX_LOCKED),
    ):
        resource.setrlimit(kind, (soft, hard))


def prefer_as_oom_victim() -> None:
    """Make the kernel, if memory is short, end a fork before the process that can report the answers."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def take_over(target: str) -> None:
    """Start a process that runs the command "module:function" in a fork for each caller (command.py)."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind("\0" + target)
    listener.listen(64)
    if os.fork() == 0:
        os.closerange(REPORT_FD, 4096)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: they report their status themselves
        while True:
            caller, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                run_command(target, caller)
            caller.close()
    listener.close()


def run_command(target: str, caller: socket.socket) -> None:
    """Be the command: with the caller's streams, arguments, environment and folder; report its exit status."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _, streams, _, _ = socket.recv_fds(caller, 1, 3)
        length = int.from_bytes(exactly(caller, 4), "big")
        sys.argv, environment, folder = marshal.loads(exactly(caller, length))
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, "w" if n else "r", closefd=False) for n in range(3))
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        module, function = target.split(":")
        status = getattr(importlib.import_module(module), function)() or 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if status == 1 and end.code != 1:
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    with contextlib.suppress(BaseException):
        sys.stdout.flush()
        sys.stderr.flush()
    with contextlib.suppress(OSError):
        caller.sendall(bytes([int(status) & 255]))
    os._exit(0)


def run_student(job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Run the job in one namespace, and end it as Python does; yields the outcome so far.

    The last one counts. There is an earlier one if threads still run: a limit may end them.
    """
    names = SHELL.user_ns
    SHELL._showtraceback = show_traceback
    sys.path.insert(0, "")
    names.update(job["names"])
    names["given"] = types.SimpleNamespace(**job["names"].pop("given")) if "given" in job["names"] else None
    exec(job["prelude"], names)
    known = dict(names)
    process, still = os.getpid(), ""
    # No partial: `signal` formats a handler with all its arguments when it returns the previous one.
    signal.signal(signal.SIGXCPU, lambda number, _frame: stop_here(number, process, still, names, known))
    report_answers = AnswerReporter(names, known)
    try:
        message = run_program(job, names) if job["program"] else run_cells(job, report_answers)
        make_room()
    except MemoryError as error:  # there was no memory left to report it
        make_room()
        message = failure(error, "", "")
    if threading.active_count() > 1 or pending_tasks():
        still = STILL_RUNS
        yield message | {"message": still, "answers": collect_answers(names, known), "done": False}
    with contextlib.suppress(Exception):
        finish_threads()
    yield message | {"answers": collect_answers(names, known)}
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)  # everything is reported; the rest has the time that a limit leaves
    with contextlib.suppress(BaseException):
        finish_files(names)


def run_program(job: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """Run a plain file as Python or bash runs a program, from the working directory."""
    name, text = job["program"], job["cells"][0]
    path = f"{HOME}/{name}"
    if name.endswith(".sh"):
        status = subprocess.run(["bash", name], check=False).returncode
        what = f"The shell script ended with exit status {status}."
        return {"outcome": "raised", "message": what} if status else {"outcome": "finished", "message": ""}
    code = None
    with contextlib.suppress(SyntaxError, ValueError):
        code = compile(text, path, "exec", dont_inherit=True)
    if code is None:  # it may contain a notebook's syntax: magics, shell commands, `await`
        return run_cells(job)
    sys.argv = [name]
    names.update(__file__=path, exit=builtins.exit, quit=builtins.quit)
    linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    try:
        exec(code, names)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return failure(end, text, "")
    except BaseException as error:
        trace = error.__traceback__
        show_traceback(type(error), error, traceback.format_exception(error.with_traceback(trace and trace.tb_next)))
        return failure(error, text, "")
    return {"outcome": "finished", "message": ""}


def run_cells(job: dict[str, Any], report_answers: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """Run the cells as a notebook would; stop at the first error in a cell that may not fail.

    `report_answers` is called between two cells.
    """
    sys.argv = [""]
    count = len(job["cells"])
    labels = job["labels"] or [f"cell {number}" if count > 1 else "" for number in range(1, count + 1)]
    optional = job["optional"] or [False] * count
    notes: list[str] = []
    is_async = SHELL.should_run_async
    SHELL.should_run_async = lambda cell, **more: is_async(cell, **more) or needs_loop(cell)
    for number, cell in enumerate(job["cells"]):
        if number:
            report_answers()
        result = SHELL.run_cell(cell, store_history=True)
        error = result.error_before_exec or result.error_in_exec
        if error is None:
            continue
        message = failure(error, cell, labels[number])
        if not optional[number]:
            return message | {"message": " ".join([*notes, message["message"], *not_run(labels[number + 1 :])]).strip()}
        if message["outcome"] != "finished":
            notes.append(f"{message['message']} (What stands below it was run all the same.)")
    return {"outcome": "finished", "message": " ".join(notes)}


def needs_loop(cell: str) -> bool:
    """Whether a cell is run in an event loop, as Jupyter runs all; one that starts its own loop fails there."""
    return "asyncio" in cell and not re.search(r"asyncio\.(run|Runner)\b|run_until_complete", cell)


def not_run(labels: list[str]) -> Iterator[str]:
    """The message about the cells that were not reached."""
    if labels:
        yield f"(Not run after it: {', '.join(labels[:5])}{f' and {len(labels) - 5} more' if len(labels) > 5 else ''}.)"


class AnswerReporter:
    """Reports the answers between two cells, in case a limit ends the next one at once."""

    def __init__(self, names: dict[str, Any], known: dict[str, Any]):
        self.names, self.known = names, known
        self.reported, self.room = "{}", MAX_REPORT

    def __call__(self) -> None:
        """Report the answers, unless they are unchanged, or would leave no space for the last report."""
        answers = collect_answers(self.names, self.known)
        report = json.dumps({"outcome": "raised", "message": "", "answers": answers, "done": False}).encode() + b"\n"
        if answers != self.reported and len(report) <= self.room:
            write_all(REPORT_FD, report)
            self.reported, self.room = answers, self.room - len(report)


def stop_here(number: int, process: int, text: str, names: dict[str, Any], known: dict[str, Any]) -> None:
    """After a limit, report the answers so far, flush open files, and end by the same signal."""
    if os.getpid() == process:
        make_room()
    signal.signal(number, signal.SIG_IGN)  # it may come from both the kernel and the watch
    if os.getpid() == process:
        message = {"outcome": "raised", "message": text, "answers": collect_answers(names, known), "done": False}
        write_all(REPORT_FD, b"\n" + json.dumps(message).encode() + b"\n")
        write_open_files()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def make_room() -> None:
    """Allow this process a little more memory than the run had."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


# --- the end of a program ---------------------------------------------------------------------------------------------


def finish_threads() -> None:
    """Wait for everything started that ends: tasks of a notebook's event loop, threads, executors, processes."""
    if tasks := pending_tasks():
        tasks[0].get_loop().run_until_complete(sys.modules["asyncio"].wait(tasks))
    threading._shutdown()  # type: ignore[attr-defined]  # what Python itself calls when a program ends
    if "multiprocessing.util" in sys.modules:
        sys.modules["multiprocessing.util"]._exit_function()


def pending_tasks() -> list[Any]:
    """The unfinished tasks of the event loop in which a notebook's cells run."""
    loop = getattr(sys.modules.get("IPython.core.async_helpers"), "_asyncio_event_loop", None)
    return list(sys.modules["asyncio"].all_tasks(loop)) if loop else []


def finish_files(names: dict[str, Any]) -> None:
    """Call the functions registered with `atexit`, and flush files that were not closed."""
    atexit._run_exitfuncs()
    names.clear()
    write_open_files()


def write_open_files() -> None:
    """Flush files that were not closed, including the standard streams."""
    files = [each for each in gc.get_objects() if issubclass(type(each), io.IOBase)]
    for each in sorted(files, key=lambda each: not isinstance(each, io.TextIOWrapper)):  # they write to the others
        with contextlib.suppress(Exception):
            each.flush()


# --- errors -----------------------------------------------------------------------------------------------------------


def show_traceback(_type: type[BaseException], _value: BaseException, lines: list[str]) -> None:
    """Print a traceback without the path of Python on this machine."""
    print("\n".join(line.rstrip("\n") for line in lines).replace(sys.base_prefix, "/python"), file=sys.stderr)


def failure(error: BaseException, cell: str, place: str) -> dict[str, Any]:
    """The report of an error; `place` names the cell if there are several."""
    if isinstance(error, MemoryError):
        return {
            "outcome": "out_of_memory",
            "message": "Your code asked for more memory than there is (MemoryError).",
        }
    if isinstance(error, SystemExit):
        return ended(error, place)
    if cell.lstrip("\ufeff").startswith("%%") and isinstance(error, subprocess.CalledProcessError):
        what = f"The shell script ended with exit status {error.returncode}."
        return {"outcome": "raised", "message": f"{place}: {what}" if place else what}
    line = line_of(error)
    where = ", ".join(part for part in (place, f"line {line}" if line else "") if part)
    return {"outcome": "raised", "message": f"{where}: {describe(error)}" if where else describe(error)}


def ended(error: SystemExit, place: str) -> dict[str, Any]:
    """The report of `exit()`: without an argument, or with 0, it is a normal end."""
    code = error.code
    if code is None or (isinstance(code, int) and code == 0):
        return {"outcome": "finished", "message": f"{place} ended the run by exit()." if place else ""}
    how = f"with exit status {int(code)}" if isinstance(code, int) else f"with these words: {text_of(error)}"
    message = f"{place}: your code ended itself {how}" if place else f"Your code ended itself {how}"
    return {"outcome": "raised", "message": message}


def line_of(error: BaseException) -> int | None:
    """The line of the student's cell that raised the error."""
    if isinstance(error, SyntaxError):
        return error.lineno
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if re.search(r"ipykernel|<ipython-input", f.filename)
    ] or [f for f in traceback.extract_tb(error.__traceback__) if f.filename == SHELL.user_ns.get("__file__")]
    return frames[-1].lineno if frames else None


def describe(error: BaseException) -> str:
    """The error as one line, even if its __str__ fails."""
    if isinstance(error, subprocess.CalledProcessError):
        return f"a command ended with exit status {error.returncode}"
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg}"[:500]
    return f"{type(error).__name__}: {text_of(error)}".removesuffix(": ")[:500]


def text_of(error: BaseException) -> str:
    try:
        return str(error)[:500]
    except BaseException:
        return ""


# --- answers ----------------------------------------------------------------------------------------------------------


class NotPlain(Exception):
    """A value that JSON cannot represent."""


def collect_answers(names: dict[str, Any], known: dict[str, Any]) -> str:
    """The top-level variables that are plain data, as JSON text; others, or too much data, are left out.

    Names in `known` existed before the first cell, and are answers only with another value.
    """
    parts, room = [], MAX_ANSWERS
    for name in list(names):
        if not isinstance(name, str) or name.startswith("_"):
            continue
        if name in known and names[name] is known[name]:
            continue
        try:
            text = json.dumps(plain(names[name], MAX_DEPTH, itertools.count()), allow_nan=False)
            part = f"{json.dumps(plain(name, 0, itertools.count()))}: {text}"
        except BaseException:
            continue
        if len(part) <= room:
            parts.append(part)
            room -= len(part)
    return "{" + ", ".join(parts) + "}"


def plain(value: object, depth: int, seen: Iterator[int]) -> object:
    """`value` as built-in types only; numpy's numbers and decimals become Python's numbers.

    `seen` counts the visited values: one that cannot fit is given up at once.
    """
    if next(seen) > MAX_ANSWERS // 3:  # an item takes at least three characters
        raise NotPlain
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        if str.__len__(value) > MAX_ANSWERS:
            raise NotPlain
        return str.__str__(value).encode("utf-8", "replace").decode()
    if isinstance(value, numbers.Integral):
        number = int(value)
        if number.bit_length() > MAX_INTEGER_BITS:
            raise NotPlain
        return number
    if isinstance(value, numbers.Real | decimal.Decimal):
        return float(value)
    if not depth:
        raise NotPlain
    if isinstance(value, list | tuple):
        return [plain(item, depth - 1, seen) for item in value]
    if isinstance(value, dict):
        return {key_of(key): plain(item, depth - 1, seen) for key, item in value.items()}
    raise NotPlain


def key_of(key: object) -> str:
    if not isinstance(key, str | int) or isinstance(key, bool):
        raise NotPlain
    return str(plain(key, 0, itertools.count()))


# --- messages and system calls ----------------------------------------------------------------------------------------


def receive(channel: socket.socket) -> dict[str, Any]:
    """The next message; the end of the channel is the end of the sandbox."""
    length = int.from_bytes(exactly(channel, 4), "big")
    message: dict[str, Any] = json.loads(exactly(channel, length))
    return message


def receive_with_socket(channel: socket.socket) -> tuple[dict[str, Any], socket.socket | None]:
    """The next message, and the socket that is passed with its first byte, if one reaches us.

    None does if this process has reached its descriptor limit.
    """
    first, fds, _, _ = socket.recv_fds(channel, 4, 1)
    if not first:
        os._exit(0)
    length = int.from_bytes(first + exactly(channel, 4 - len(first)), "big")
    return json.loads(exactly(channel, length)), socket.socket(fileno=fds[0]) if fds else None


def exactly(channel: socket.socket, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        part = channel.recv(min(count - len(data), 1024**2))
        if not part:
            os._exit(0)
        data += part
    return bytes(data)


def send(channel: socket.socket, message: dict[str, Any]) -> None:
    data = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")  # a lone surrogate is replaced
    channel.sendall(len(data).to_bytes(4, "big") + data)


def write_all(fd: int, data: bytes) -> None:
    while data:
        data = data[os.write(fd, data) :]


def call(name: str, *words: Any) -> None:
    """A system call that must not fail."""
    if getattr(_libc, name)(*words) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
