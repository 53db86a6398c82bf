"""However a run ends, and whatever it leaves: the runner lives, and says what became of the run."""

import signal
from collections.abc import Iterator

import pytest
from msgspec import structs

from drycloud.grading.stage import _files_of
from drycloud.limits import Limits
from drycloud.sandbox import Guest, Job, SandboxFile, Zygote
from drycloud.sandbox.messages import Outcome, decode_answers

LIMITS = Limits(memory_mib=300, processes=30, files=50, disk_mib=8, output_kib=16)
HASTE = structs.replace(LIMITS, wall_seconds=6, cpu_seconds=2)  # for what does not end by itself

# What a process can die of: every signal that ends one when nobody handles it, those without a name among them.
DEADLY = sorted(set(range(1, 65)) - {17, 18, 19, 20, 21, 22, 23, 28})


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    """One that makes every sandbox of this file."""
    with Zygote(Guest()) as one:
        yield one


def run(zygote: Zygote, *cells: str, limits: Limits = LIMITS) -> Outcome:
    with zygote.spawn(limits) as sandbox:
        return sandbox.run(Job(cells=list(cells), limits=limits))


C_LIBRARYS = (32, 33)  # which glibc keeps for its threads


@pytest.mark.parametrize("number", DEADLY)
def test_every_signal_is_told(zygote: Zygote, number: int) -> None:
    """A process that a signal ends is killed by that signal, whether the signal has a name or not."""
    end = f"import ctypes, os\nctypes.CDLL(None).signal({number}, None)\nos.kill(os.getpid(), {number})"
    outcome = run(zygote, end)
    if number == signal.SIGXCPU:
        assert outcome.outcome == "timed_out"
        return
    if number in C_LIBRARYS and outcome.outcome == "finished":
        return  # where a thread has run, the C library handles these, and lets nobody change that
    assert (outcome.outcome, outcome.killed_by) == ("killed", number)
    assert "Your code's process was ended by SIG" in outcome.message


@pytest.mark.parametrize("status", [0, 1, 2, 35, 127, 128, 137, 163, 255])
def test_every_exit_status_is_told(zygote: Zygote, status: int) -> None:
    """Also those that a shell would use for signals."""
    outcome = run(zygote, f"import os\nos._exit({status})")
    assert (outcome.outcome, outcome.killed_by) == ("killed", 0)
    assert f"exit status {status})" in outcome.message


# What goes on in the student's process, each a thing that the runner meets afterwards.
THIEF = """
import os
back = os.open("/proc/self/fd/1", os.O_RDONLY)
for _ in range(6):
    if not os.fork():
        while True:
            os.read(back, 65536)
while True:
    os.write(1, b"x")
"""
IN_FLIGHT = """
import os, socket
a, b = socket.socketpair()
socket.send_fds(a, [b"x"], [1, 2, 100, a.fileno(), b.fileno()])
"""
ORPHANS = """
import os
for _ in range(10):
    if not os.fork():
        while True:
            if not os.fork():
                if not os.fork():
                    os._exit(0)
                os._exit(0)
            os.wait()
while True:
    pass
"""
CLOSED = "import os\nos.closerange(0, 4096)"
NOT_BLOCKING = """
import fcntl, os
for fd in (1, 2, 100):
    fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK)
    fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, 4096)
"""
NO_EXIT = "import os\nos._exit = os.fork = os.write = json = None"
NO_PLACE = "import os, shutil\nos.mkdir('a')\nos.chdir('a')\nos.rmdir(os.getcwd())"
STOPPED = "import os, signal\nfor _ in range(5): os.fork()\nos.kill(os.getpid(), signal.SIGSTOP)"
NO_PARENT = "import os, signal\nfor n in range(1, 65):\n  try: os.kill(os.getppid(), n)\n  except OSError: pass"
VFORKED = """
import ctypes
if ctypes.CDLL(None).vfork() == 0:
    while True:
        pass
"""


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        pytest.param(THIEF, {"timed_out"}, id="reads what it printed"),
        pytest.param(IN_FLIGHT, {"finished"}, id="its ends of the pipes are on their way"),
        pytest.param(ORPHANS, {"timed_out", "killed"}, id="children that nobody waits for"),
        pytest.param(CLOSED, {"killed"}, id="closes every descriptor"),
        pytest.param(NOT_BLOCKING, {"finished"}, id="pipes that do not block"),
        pytest.param(NO_EXIT, {"killed", "timed_out"}, id="has no way to end"),
        pytest.param(NO_PLACE, {"finished"}, id="its folder is gone"),
        pytest.param(STOPPED, {"timed_out", "killed"}, id="stops itself and its children"),
        pytest.param(NO_PARENT, {"finished"}, id="sends each signal to its parent"),
        pytest.param(VFORKED, {"timed_out", "killed"}, id="waits for a child that has its memory"),
    ],
)
def test_what_a_run_does_to_its_pipes_and_processes_costs_the_runner_nothing(
    zygote: Zygote, cell: str, kinds: set[str]
) -> None:
    """It is told in time, and the sandbox is not lost."""
    limits = HASTE if "timed_out" in kinds else LIMITS
    assert run(zygote, cell, limits=limits).outcome in kinds


@pytest.mark.parametrize(
    "word",
    [
        b"",
        b"[]",
        b"7",
        b'"outcome"',
        b"{}",
        b'{"outcome": ["finished"], "message": "", "answers": "{}"}',
        b'{"outcome": "raised", "message": ' + b"[" * 970 + b"]" * 970 + b', "answers": "{}"}',
        b'{"outcome": "raised", "message": ' + b'{"a":' * 970 + b"1" + b"}" * 970 + b', "answers": "{}"}',
        b'{"outcome": "raised", "message": {"a": 1}, "answers": "{}"}',
        b'{"outcome": "raised", "message": "", "answers": ["a"]}',
        b'{"outcome": "raised", "message": 1' + b"0" * 5000 + b', "answers": "{}"}',
        b"[" * 500_000,
        b"\xff\xfe\x00",
        b"1" * 1_000_000,
        b'{"outcome": "raised", "message": "' + b"\\u0001" * 150_000 + b'", "answers": "' + b"\\u0001" * 20_000 + b'"}',
    ],
    ids=range(15),
)
def test_no_word_harms_the_runner(zygote: Zygote, word: bytes) -> None:
    """Whatever the student's process writes in the place of its last word is a word, or none."""
    with zygote.spawn(LIMITS) as sandbox:
        cell = "import os\nword = open('word', 'rb').read()\nwhile word: word = word[os.write(100, word):]\nos._exit(0)"
        outcome = sandbox.run(Job(cells=[cell], limits=LIMITS, files={"word": SandboxFile(word)}))
    assert outcome.outcome in ("killed", "raised")
    assert isinstance(decode_answers(outcome.answers), dict)


HIDDEN = """
import os
os.makedirs("a/b")
open("a/b/one", "w").close()
for folder in ("a/b", "a", "."):
    os.chmod(folder, 0)
"""
DEEP = """
import os
for _ in range(40):
    os.mkdir("d")
    os.chdir("d")
open("hidden", "w").close()
"""
LONG = """
import os
for _ in range(20):
    os.mkdir("d" * 250)
    os.chdir("d" * 250)
open("hidden", "w").close()
"""
CONTROL = """
import os
for n in range(49):
    place = f"{n}"
    for _ in range(15):
        place += "/" + "\\1" * 250
    os.makedirs(place)
    open(f"{place}/f", "w").close()
"""


def test_closed_folders_are_looked_into(zygote: Zygote) -> None:
    """As their owner could: what lies in them is there."""
    outcome = run(zygote, HIDDEN)
    assert (sorted(outcome.files), outcome.left_out) == (["a/b/one"], "")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        pytest.param(DEEP, "more than 32 folders", id="deep"),
        pytest.param(LONG, "cannot be looked into", id="long"),
        pytest.param(CONTROL, "too long names", id="control characters"),
        pytest.param("for n in range(51): open(str(n), 'w').close()", "more than 50 files", id="many"),
    ],
)
def test_files_that_are_not_told_are_a_reason(zygote: Zygote, cell: str, words: str) -> None:
    """Where there are files whose names nobody tells, that is said, and a check that asks which there are fails."""
    outcome = run(zygote, cell)
    assert words in outcome.left_out
    assert outcome.left_out in outcome.message
    files = _files_of(outcome)
    for ask in (len, list, dict, lambda files: "x" in files, lambda files: files["x"], lambda files: files.get("x")):
        with pytest.raises(AssertionError, match=words):
            ask(files)


def test_a_name_that_is_not_utf8_is_told(zygote: Zygote) -> None:
    """The file is there, and is not read."""
    outcome = run(zygote, "open(b'\\xff', 'w').close()\nopen('é', 'w').close()")
    assert outcome.unread == {"\\xff": "its name is not in UTF-8"}
    assert list(outcome.files) == ["é"]
    assert list(_files_of(outcome)) == ["\\xff", "é"]


def test_whatever_fits_is_told(zygote: Zygote) -> None:
    """The largest message that a run can make comes through: output and answers of control characters, full files."""
    cell = (
        "print('\\1' * 10**6)\nimport sys\nprint('\\1' * 10**6, file=sys.stderr)\na = '\\1' * 80_000\nb = '\"' * 20_000"
    )
    files = "for n in range(45): open('\\1' * 250 + str(n), 'wb').truncate(170_000)"
    outcome = run(zygote, cell, files)
    assert (outcome.outcome, outcome.left_out, len(outcome.files)) == ("finished", "", 45)
    assert set(decode_answers(outcome.answers)) == {"a", "b", "n"}


def test_what_the_runner_itself_fails_at_is_told(zygote: Zygote) -> None:
    """It lives, says that the run was killed, and that nothing is known of its files."""
    with zygote.spawn(LIMITS) as sandbox:
        job = Job(cells=["1"], limits=LIMITS, files={"a": SandboxFile(b""), "a/b": SandboxFile(b"")})
        outcome = sandbox.run(job)
    assert outcome.outcome == "killed"
    assert "could not be looked at" in outcome.message
    with pytest.raises(AssertionError, match="could not be looked at"):
        list(_files_of(outcome))
