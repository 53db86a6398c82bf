"""The probe's other half: the system calls that reach the kernel. Run as a submission's code, after `probe_inside.py`.

No call is made: each stops at a filter of the probe's own, if the sandbox's has let it through.
"""

import ctypes
import errno
import fcntl
import itertools
import json
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator

given = globals()["given"]
_libc = ctypes.CDLL(None, use_errno=True)

MARK = 0x0DD1CA11  # as the fifth and the sixth argument, it tells the probe's filter to stop a call
STOPPED = errno.EXFULL  # what it then answers; no filter of a sandbox would
# linux/seccomp.h: a filter that asks a listener, and the requests by which the listener takes questions and answers
SET_FILTER, NEW_LISTENER, ASK, ALLOW = 1, 8, 0x7FC00000, 0x7FFF0000
TAKE, ANSWER, QUESTION_SIZE = 0xC0502100, 0xC0182101, 80
# uretprobe and uprobe on x86_64: no filter sees them, and whoever calls them is ended (SIGILL).
PROBES_OF_THE_KERNEL = {335, 336} if os.uname().machine == "x86_64" else set()


def stop_marked_calls(numbers: dict[str, int]) -> None:
    """Stop marked calls where the sandbox lets them through to the kernel.

    Of two filters the stricter answer counts: a call that the sandbox refuses keeps its answer, and one that it lets
    through is told to a listener, which says `STOPPED`; it is never made.
    """
    code = [(0x20, 0, 0, 16 + 8 * 4), (0x15, 0, 3, MARK), (0x20, 0, 0, 16 + 8 * 5), (0x15, 0, 1, MARK)]
    code += [(0x06, 0, 0, ASK), (0x06, 0, 0, ALLOW)]
    text = b"".join(struct.pack("HBBI", *line) for line in code)
    kept = ctypes.create_string_buffer(text, len(text))
    program = struct.pack("HxxxxxxP", len(code), ctypes.addressof(kept))
    listener = _libc.syscall(numbers["seccomp"], SET_FILTER, NEW_LISTENER, program)
    if listener < 0:
        raise OSError(ctypes.get_errno(), "the probe's own filter is refused")
    threading.Thread(target=stop_each, args=(listener,), daemon=True).start()


def stop_each(listener: int) -> None:
    while True:
        question = bytearray(QUESTION_SIZE)
        fcntl.ioctl(listener, TAKE, question)
        fcntl.ioctl(listener, ANSWER, struct.pack("QqiI", struct.unpack_from("Q", question)[0], 0, -STOPPED, 0))


def reaches(number: int, *words: int) -> bool:
    """Whether the sandbox's filter lets a call through to the kernel."""
    ctypes.set_errno(0)
    _libc.syscall(*map(ctypes.c_long, (number, *words, *[0] * (4 - len(words)), MARK, MARK)))
    return ctypes.get_errno() == STOPPED


def calls() -> Iterator[str]:
    """The system calls that reach the kernel, and with which arguments where those are looked at."""
    numbers = dict(given.calls)
    stop_marked_calls(numbers)
    names = {number: name for name, number in numbers.items()}
    reached = [n for n in range(1024) if n not in PROBES_OF_THE_KERNEL and reaches(n, *usual(names.get(n, "")))]
    yield from (names[number] for number in reached if number in names)
    nameless = enumerate(number for number in reached if number not in names)
    for _, group in itertools.groupby(nameless, lambda pair: pair[1] - pair[0]):  # runs of consecutive numbers
        run = [number for _, number in group]
        yield f"calls {run[0]} to {run[-1]}"
    for name, words in with_arguments():
        if name in numbers and reaches(numbers[name], *words):
            yield f"{name}({', '.join(map(hex, words))})"


def usual(name: str) -> tuple[int, ...]:
    return (socket.AF_UNIX,) if name in ("socket", "socketpair") else ()


def with_arguments() -> Iterator[tuple[str, tuple[int, ...]]]:
    yield from (("clone", (1 << bit,)) for bit in range(32))
    yield from ((name, (family,)) for name in ("socket", "socketpair") for family in (*range(300), 2**32 + 1))
    others = ("prlimit64", "sched_setaffinity", "sched_setattr", "sched_setparam", "sched_setscheduler")
    yield from ((name, (process,)) for name in others for process in (1, 2))
    yield from ((name, (kind, who)) for name in ("setpriority", "ioprio_set") for kind in range(4) for who in (0, 1))


def foreign_calls() -> Iterator[str]:
    """Calls in the way of another processor's programs: x32 has numbers of its own."""
    if os.fork() == 0:
        _libc.syscall(ctypes.c_long(0x40000000 + 39))  # getpid
        os._exit(0 if ctypes.get_errno() != errno.ENOSYS else 1)
    if os.wait()[1] == 0:
        yield "x32"


def apart(finder: Callable[[], Iterator[str]]) -> Iterator[str]:
    """What a finder finds that changes its process for good: in a fork."""
    read, write = os.pipe()
    if os.fork() == 0:
        try:
            text = json.dumps(sorted(finder()))
        except BaseException as error:
            text = json.dumps([f"the probe failed: {error!r}"])
        with os.fdopen(write, "w") as file:
            file.write(text)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as file:
        found = json.load(file)
    os.wait()
    yield from found


FINDERS = {
    "calls": lambda: apart(calls),
    "foreign calls": foreign_calls,
}
print(json.dumps({name: sorted(set(find())) for name, find in FINDERS.items() if name in given.wanted}))
