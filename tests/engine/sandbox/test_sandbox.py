"""The sandbox, for real: what untrusted code sees, what it can reach, and what each limit does."""

import json
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from msgspec import structs
from patience import PATIENCE

from drycloud.errors import SandboxError
from drycloud.limits import Limits
from drycloud.sandbox import Guest, Job, Launcher, SandboxFile, SandboxLost, Zygote, cgroups
from drycloud.sandbox.messages import decode_answers

LIMITS = Limits(memory_mib=300, processes=30, files=50, disk_mib=8, output_kib=16)
HASTE = structs.replace(LIMITS, wall_seconds=6, cpu_seconds=1)  # for what does not end by itself
BUSY = structs.replace(
    HASTE, wall_seconds=PATIENCE
)  # where it is the processor's time that ends it, however busy that is


TIDY = "json.tool:main"


@pytest.fixture(scope="module")
def zygote():
    with Zygote(Guest(commands={"tidy": TIDY}, loads={"sound": "import wave"})) as one:
        yield one


@pytest.fixture(scope="module", params=[True, False], ids=["groups", "watch"])
def either(request):
    """A zygote with control groups where this machine has them, and one that has the watch alone."""
    with Zygote(Guest(), groups=request.param) as one:
        yield one


def run(zygote, *cells, limits=LIMITS, **job):
    with zygote.spawn(limits) as sandbox:
        return sandbox.run(Job(cells=list(cells), limits=limits, **job))


def test_cells_share_a_namespace_and_leave_answers(zygote):
    """What a cell defines the next one sees; plain top-level variables come back."""
    outcome = run(
        zygote, "x = given.n + 1", "y = [x, 'a', None, {'k': 2.5}]\n_z = 3\nf = print", names={"given": {"n": 1}}
    )
    assert outcome.outcome == "finished"
    assert outcome.answers == '{"x": 2, "y": [2, "a", null, {"k": 2.5}]}'


def test_numbers_of_other_types_are_numbers(zygote):
    """numpy's numbers and decimals come back as plain ones; what is no plain data does not come back."""
    cell = "a, b, c, d = numpy.int64(1), numpy.float32(0.5), decimal.Decimal('51.74'), numpy.ones(2)"
    cell = f"import decimal, numpy\n{cell}"
    assert run(zygote, cell).answers == '{"a": 1, "b": 0.5, "c": 51.74}'


def test_what_few_runs_need_is_loaded_when_one_asks(zygote):
    """A sandbox that asks for it finds it loaded; one before it did not."""
    cell = "import sys\nloaded = 'wave' in sys.modules"
    assert run(zygote, cell).answers == '{"loaded": false}'
    with zygote.spawn(LIMITS, ["sound"]) as sandbox:
        assert sandbox.run(Job(cells=[cell], limits=LIMITS)).answers == '{"loaded": true}'


def test_files_go_in_and_come_back(zygote):
    """The working directory is what the job says, and what the run left comes back with its permission bits."""
    outcome = run(
        zygote,
        "import os\nopen('b.txt', 'w').write(open('d/a.txt').read() * 2)\nos.chmod('b.txt', 0o600)",
        files={"d/a.txt": SandboxFile(b"x")},
    )
    assert outcome.files["b.txt"] == SandboxFile(b"xx", 0o600)
    assert set(run(zygote, "1").files) == set()


def test_files_that_are_there_and_are_not_read_are_told(zygote):
    """One that its owner may not read, and those that are too large together; what fits is read all the same."""
    cell = "import os\nopen('a', 'w').close()\nos.chmod('a', 0)\nfor n in 'bc': open(n, 'wb').truncate(5 * 1024**2)"
    outcome = run(zygote, cell, "open('d', 'w').close()")
    assert outcome.unread == {"a": "Permission denied", "c": "all files together have more than 8 MiB"}
    assert sorted(outcome.files) == ["b", "d"]
    assert "more than 8 MiB of files" in outcome.message


def test_files_keep_the_time_of_their_last_change(zygote):
    """A file that the job dates is as old inside as the job says, to the fraction of a second."""
    outcome = run(
        zygote, "import os\nt = os.stat('d/a').st_mtime", files={"d/a": SandboxFile(b"x", mtime=1.5e9 + 0.25)}
    )
    assert outcome.answers == '{"t": 1500000000.25}'


@pytest.mark.parametrize("warm", [[], [TIDY]], ids=["cold", "warm"])
def test_shell_cells_and_commands_work(zygote, warm):
    """%%bash, ! and a command that the guest brings: with its streams, arguments, folder and exit status."""
    cell = (
        "%%bash\n"
        "echo $GREETING\n"
        "echo '[1]' | tidy --compact\n"
        "mkdir d && cd d && echo '{\"b\": 2}' > f && tidy --compact f g && cat g\n"
        "echo x | tidy 2> err || echo $?\n"
        "grep -c Expecting err\n"
    )
    outcome = run(zygote, cell, "!echo '[3]' | tidy --compact", environment={"GREETING": "hi"}, commands=warm)
    assert outcome.stdout.split() == ["hi", "[1]", '{"b":2}', "1", "1", "[3]"]


@pytest.mark.parametrize(
    ("cell", "kind", "words"),
    [
        ("import os\nos._exit(0)", "killed", "ended its own process (exit status 0)"),
        ("import os, signal\nos.kill(os.getpid(), 9)", "killed", "SIGKILL"),
        ("a = 1\nb = c", "raised", "line 2: NameError"),
        ("def f(:", "raised", "line 1: SyntaxError"),
        ("%%bash\nls\nexit 3", "raised", "The shell script ended with exit status 3."),
        (
            "import subprocess\nsubprocess.run('false', check=True)",
            "raised",
            "line 2: a command ended with exit status 1",
        ),
        ("while True: pass", "timed_out", "1 seconds of processor time"),
        ("import threading\nthreading.Event().wait()", "timed_out", "stopped after 6 seconds"),
        ("x = bytearray(10**9)", "out_of_memory", "more memory"),
        (
            "import os, signal\nfor _ in range(3): os.fork()\nx = b'a' * (80 * 1024**2)\nsignal.pause()",
            "out_of_memory",
            "300 MiB",
        ),
        (
            "import mmap, os, signal\nfor _ in range(3): os.fork()\nx = mmap.mmap(-1, 80 * 1024**2)\n"
            "for i in range(0, len(x), 4096): x[i] = 1\nsignal.pause()",
            "out_of_memory",
            "300 MiB",
        ),
        ("import os, signal\nwhile True:\n  if not os.fork(): signal.pause()", "killed", "30 processes"),
        ("%%bash\nexit 3", "raised", "exit status 3"),
    ],
)
def test_each_end_is_told(either, cell, kind, words):
    """Every way to end, and each limit, has its outcome and its words, whoever holds it."""
    limits = LIMITS if kind != "timed_out" else BUSY if "processor" in words else HASTE
    outcome = run(either, cell, limits=limits)
    assert outcome.outcome == kind
    assert words in outcome.message


def test_output_and_files_are_bounded(zygote):
    """A flood of output is cut, and too many files are not looked at; both are said."""
    outcome = run(zygote, "print('x' * 10**6)\nfor i in range(60): open(f'{i}', 'w').close()")
    assert len(outcome.stdout) == 16 * 1024
    assert len(outcome.files) == 50
    assert "16 KiB" in outcome.message
    assert "50 files" in outcome.message


def test_nothing_outlives_a_run(zygote):
    """A detached child is dead when the run is over, and its files are gone."""
    assert run(zygote, "import subprocess\nsubprocess.Popen(['setsid', 'sleep', '1000'])").outcome == "finished"
    seen = run(zygote, "import os\npids = sorted(int(p) for p in os.listdir('/proc') if p.isdigit())\nme = os.getpid()")
    assert seen.answers.replace(" ", "").startswith('{"pids":[1,')
    assert seen.answers.count(",") == 2


def test_the_runner_cannot_be_harmed(zygote):
    """Process 1 ignores every signal from inside, and its memory and environment are closed."""
    cell = "import os\nfor n in range(1, 65):\n  try: os.kill(1, n)\n  except OSError: pass\nopen('/proc/1/environ')"
    assert "Permission denied" in run(zygote, cell).message
    assert run(zygote, "1").outcome == "finished"


def test_there_is_no_way_out(zygote):
    """No network but the handed-out listener, no capability, no namespace, no write to the system."""
    cell = (
        "import os, socket\n"
        "def refused(do, *a):\n"
        "  try: do(*a)\n"
        "  except OSError: return True\n"
        "  return False\n"
        "net = refused(lambda: socket.create_connection(('192.0.2.1', 80), 1))\n"
        "sysctl = refused(open, '/proc/sys/kernel/core_pattern', 'w')\n"
        "system = refused(open, '/usr/x', 'w')\n"
        "names = os.system('unshare -U true 2>/dev/null') != 0\n"
        "caps = [l for l in open('/proc/self/status') if l.startswith('Cap') and int(l.split()[1], 16)]\n"
        "homes = [h for h in os.listdir('/home') if h != 'student']\n"
    )
    outcome = run(zygote, cell)
    expected = '{"net": true, "sysctl": true, "system": true, "names": true, "caps": [], "homes": []}'
    assert outcome.answers == expected


def test_no_privilege_is_left(zygote):
    """What the zygote may do, a run may not: namespaces, mounts, host names, network devices, and being traced."""
    cell = (
        "import ctypes\n"
        "c = ctypes.CDLL(None)\n"
        "kinds = [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]\n"
        "unshared = [k for k in kinds if c.unshare(k) == 0]\n"
        "unmounted = [p for p in ('/proc', '/tmp', '/home/student', '/dev/shm') if c.umount2(p.encode(), 2) == 0]\n"
        "mounted = c.mount(b'x', b'/tmp', b'tmpfs', 0, None) == 0\n"
        "named = c.sethostname(b'x', 1) == 0\n"
        "traced = c.ptrace(16, 1, 0, 0) == 0\n"
    )
    expected = '{"kinds": [131072, 33554432, 67108864, 134217728, 268435456, 536870912, 1073741824], '
    expected += '"unshared": [], "unmounted": [], "mounted": false, "named": false, "traced": false}'
    assert run(zygote, cell).answers == expected


def test_calls_that_no_lesson_needs_are_refused(zygote):
    """The kernel's filter answers for each that the table names, and for every family of sockets but three."""
    cell = (
        "import ctypes, errno, socket\n"
        "c = ctypes.CDLL(None, use_errno=True)\n"
        "def refused(number, *words):\n"
        "  return c.syscall(number, *words) == -1 and ctypes.get_errno() == errno.EPERM\n"
        # of x86_64 or arm64: keyctl, bpf, userfaultfd, io_uring_setup; clone with a new user namespace
        "import platform\n"
        "numbers = [250, 321, 323, 425] if platform.machine() == 'x86_64' else [219, 280, 282, 425]\n"
        "calls = [refused(n, 0, 0, 0, 0, 0) for n in numbers]\n"
        "cloned = refused(56 if platform.machine() == 'x86_64' else 220, 0x10000000 | 17, 0, 0, 0, 0)\n"
        "families = []\n"
        "for family in range(50):\n"
        "  try: socket.socket(family, socket.SOCK_DGRAM).close(); families.append(family)\n"
        "  except OSError: pass\n"
    )
    answers = json.loads(run(zygote, cell).answers)
    assert answers["calls"] == [True] * 4
    assert answers["cloned"] is True
    assert set(answers["families"]) <= {1, 2, 10}


def test_a_sandbox_is_in_its_group(zygote):
    """The sandbox, and nothing of ours, is in a control group of its own, where this machine has any."""
    if not cgroups._places():
        pytest.skip("no control group can be made here")
    ours = Path("/proc/self/cgroup").read_text()
    with zygote.spawn(LIMITS) as sandbox:
        held = [Path(folder, "cgroup.procs").read_text().split() for folder in sandbox._group._folders.values()]
        assert [len(processes) for processes in held] == [1] * len(held)
        assert str(os.getpid()) not in held[0]
    assert Path("/proc/self/cgroup").read_text() == ours


def test_a_group_is_gone_after_its_run(either):
    """No control group outlives its sandbox, and those of a killed worker are swept away."""
    assert run(either, "1").outcome == "finished"
    places = cgroups._places().values()
    assert not [group for place in places for group in place.rglob(f"drycloud-{os.getpid()}-*")]
    for place in places:
        (place / "drycloud-999999999-1").mkdir(exist_ok=True)
    cgroups.sweep()
    assert not [place for place in places if (place / "drycloud-999999999-1").exists()]


def test_a_dead_runner_is_told_and_replaced(zygote):
    """A sandbox that vanishes under a run is an error of its own, and the next one is sound."""
    with zygote.spawn(LIMITS) as sandbox:
        zygote.reap()
        with pytest.raises(SandboxLost):
            sandbox.run(Job(cells=["1"], limits=LIMITS))
    assert run(zygote, "1").outcome == "finished"


def test_a_zygote_that_was_closed_is_not_alive():
    """As one is that does not reap its dead: whoever wants a sandbox next starts another."""
    with Zygote(Guest()) as one:
        assert one.alive
        one.close()
        assert not one.alive


HOLD = """
import socket, subprocess
held = [subprocess.Popen(["/usr/bin/sleep", "60"]) for _ in range(25)]
with socket.create_connection(("127.0.0.1", 4566)) as line:
    line.recv(1)
"""


def test_zygotes_share_a_launcher_and_nothing_else():
    """Three times 25 processes are no more than 60 of one user; a zygote ends alone, a launcher with all of its own."""
    launcher = Launcher(Guest())
    zygotes = [Zygote(launcher.guest, launcher.line()) for _ in range(3)]
    with ExitStack() as stack, ThreadPoolExecutor() as threads:
        runs, lines = [], []
        for one in zygotes:
            sandbox = stack.enter_context(one.spawn(LIMITS))
            listener = stack.enter_context(sandbox.listen(4566))
            listener.settimeout(PATIENCE)
            runs.append(threads.submit(sandbox.run, Job(cells=[HOLD], limits=LIMITS)))
            lines.append(listener.accept()[0])
        for line in lines:
            line.close()
        assert [each.result().outcome for each in runs] == ["finished"] * 3
    zygotes[0].close()
    assert run(zygotes[1], "1").outcome == "finished"
    launcher.close()
    assert not any(one.alive for one in zygotes)
    with pytest.raises(SandboxError, match="no sandbox can be started"):
        launcher.line()
    for one in zygotes:
        one.close()


def test_the_listener_is_inside_and_served_outside(zygote):
    """What listens in the sandbox is accepted by us, and the port is free on the host."""
    with zygote.spawn(LIMITS) as sandbox, sandbox.listen(4566) as listener:
        assert listener.getsockname() == ("127.0.0.1", 4566)
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.1", 4566), 1)
        cell = "import socket\nsocket.create_connection(('127.0.0.1', 4566)).close()\nok = 1"
        outcome = sandbox.run(Job(cells=[cell], limits=LIMITS))
        assert outcome.answers == '{"ok": 1}'


def test_a_claim_is_one_plain_line(zygote):
    """What the student's process says of itself is of its own kinds, one printable line, and no fault of ours."""
    say = "import json, os\nos.write(100, json.dumps({}).encode())\nos._exit(0)"
    claim = {"outcome": "raised", "message": "a\n  b\x1b[2J\u202e", "answers": "{}"}
    for kind in ("raised", "finished"):
        assert run(zygote, say.format(claim | {"outcome": kind})).message == "a b�[2J�"
    for kind in ("timed_out", "killed", "refused"):
        assert "ended its own process" in run(zygote, say.format(claim | {"outcome": kind})).message


def test_half_a_character_loses_nothing(zygote):
    """A lone surrogate in an error or in a name is replaced, and the rest of the result is there."""
    outcome = run(zygote, "globals()['\\ud800'] = a = 1\nraise OSError('\\ud800')")
    assert (outcome.outcome, outcome.message) == ("raised", "line 2: OSError: ?")
    assert decode_answers(outcome.answers) == {"?": 1, "a": 1}


def test_claimed_answers_are_of_a_size_to_work_with(zygote):
    """Whoever sends them: no integer without end, nothing nested without end, and what is too much costs no time."""
    assert decode_answers(f'{{"a": 1{"0" * 400}, "b": {"[" * 500}0{"]" * 500}, "c": 2}}') == {"c": 2}
    cell = "a = list(range(10**6))\nb = 'x' * 10**7\nc = {str(n): [n] * 99 for n in range(10**4)}\nd = 3"
    assert run(zygote, cell).answers == '{"d": 3}'
