"""The build folder's lock: one at a time, told who holds it, free when its holder is dead, nbgrader's programs too."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from classroom_toy import fresh, hand_in, report, write_course
from machine import CLI
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from patience import PATIENCE

from drycloud.classroom import turns
from drycloud.classroom.adapter import converters
from drycloud.classroom.gradebook.marks import feedback, marks
from drycloud.classroom.turns import LOCK, alone
from drycloud.course import load_course
from drycloud.errors import StoreError

HOLD = """
import sys
from pathlib import Path
from drycloud.classroom.turns import alone

build = Path(sys.argv[1])
sys.argv = ["/usr/bin/drycloud", "grade", "02_ec2"]
with alone(build):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "no-config"))
    return fresh(tmp_path)


@contextlib.contextmanager
def holder(build: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the lock until its standard input ends."""
    command = [sys.executable, "-c", HOLD, str(build)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process


def end(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    process.stdin.close()
    assert process.wait(PATIENCE) == 0


def test_a_second_one_waits_and_says_for_whom(tmp_path):
    """One line names command, user, process, machine and time; then it is its turn."""
    told: list[str] = []
    with holder(tmp_path) as process:

        def tell(line: str) -> None:
            told.append(line)
            end(process)

        with alone(tmp_path, tell=tell):
            pass
    (line,) = told
    assert line.startswith("waiting for 'drycloud grade 02_ec2' of ")
    for word in (f"(process {process.pid} on {os.uname().nodename}) since 20", str(tmp_path / LOCK)):
        assert word in line


def test_who_loses_patience_says_why(tmp_path, monkeypatch):
    """The error names the lock's own file, its holder, and that nothing is lost."""
    with holder(tmp_path) as process:
        with pytest.raises(StoreError, match="is held by 'drycloud grade 02_ec2' of") as refused, alone(tmp_path, 0.2):
            pass
        assert str(refused.value).startswith(f"{tmp_path / LOCK}: ")
        assert "what was graded is kept" in str(refused.value)
        end(process)


def test_a_killed_holder_holds_nothing(tmp_path):
    """What a dead process wrote into the file stays there, and stops nobody."""
    with holder(tmp_path) as process:
        process.kill()
        process.wait(PATIENCE)
    assert str(process.pid) in (tmp_path / LOCK).read_text()
    with alone(tmp_path, 0):
        assert f'"pid":{os.getpid()}' in (tmp_path / LOCK).read_text()
    assert (tmp_path / LOCK).read_text() == ""


def test_who_holds_it_goes_on(tmp_path):
    """The parts of a command ask for the lock again; it is free when the first of them has ended."""
    with alone(tmp_path, 0):
        with alone(tmp_path, 0):
            pass
        assert (tmp_path / LOCK).read_text()
    with holder(tmp_path) as process:
        end(process)


def test_a_build_folder_that_cannot_be_locked(tmp_path):
    """A link in the lock's place is not followed, and the file is named."""
    (tmp_path / LOCK).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match=f"{LOCK}: cannot be opened"), alone(tmp_path):
        pass
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("words", [["autograde", "toy"], ["generate_feedback", "toy", "--force"]])
def test_nbgraders_own_commands_wait_for_their_turn(root, words):
    """Started meanwhile, a stock command says for whom it waits, and does its work afterwards."""
    hand_in(root, "ann", "bucket", "pass")
    config = converters.settings(load_course(root), "toy")
    assert converters.autograde(config, lambda student, _, step, __: report(student, step, 1.25)) == []
    command = [sys.executable, "-m", "nbgrader", *words]
    with (
        holder(root / "build") as process,
        subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as stock,
    ):
        assert stock.stderr
        line = next((line for line in stock.stderr if "waiting for 'drycloud grade 02_ec2'" in line), "")
        assert line
        end(process)
        rest = stock.stderr.read()
    assert stock.returncode == 0, rest


@pytest.mark.parametrize("words", ["generate_feedback toy", "autograde toy", "collect toy", "export --to x.csv"])
def test_nbgraders_own_commands_say_in_one_line_why_they_cannot_have_a_turn(root, words):
    """As in a build folder that is closed to us; the rest is nbgrader's own telling."""
    hand_in(root, "ann", "bucket", "pass")
    (root / "build" / LOCK).unlink(missing_ok=True)
    (root / "build" / LOCK).symlink_to(root / "elsewhere")
    command = [sys.executable, "-m", "nbgrader", *words.split()]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith(f"drycloud: {root}/build/{LOCK}: cannot be opened")


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own, in its own program
def test_formgraders_buttons_do_not_wait_long(root, monkeypatch):
    """Its server does nothing else meanwhile: the window that it opens says who holds the lock."""
    monkeypatch.setattr(turns, "SHORT_PATIENCE", 0.2)
    hand_in(root, "ann", "bucket", "pass")
    config = converters.settings(load_course(root), "toy")
    config.Grade.provider = lambda student, _, step, __: report(student, step, 1.25)
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    with holder(root / "build") as process:
        refused = api.autograde("toy", "ann")
        end(process)
    assert not refused["success"]
    assert "is held by 'drycloud grade 02_ec2'" in refused["error"]
    assert api.autograde("toy", "ann")["success"]
    assert [mark.by_step["bucket"] for mark in marks(load_course(root), "toy")] == [1.25]


@pytest.mark.parametrize("words", [["build", "toy"], ["release", "toy"], ["grade", "toy"]])
def test_our_commands_wait_for_their_turn(root, words):
    """Started meanwhile, they say so in one line; Ctrl-C then ends them as ever."""
    hand_in(root, "ann", "bucket", "1")
    with holder(root / "build") as process:
        with subprocess.Popen(
            [*CLI, *words], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as ours:
            assert ours.stderr
            assert "drycloud: waiting for 'drycloud grade 02_ec2' of" in ours.stderr.readline()
            ours.send_signal(signal.SIGINT)
            assert "drycloud: stopped" in ours.stderr.read()
        assert ours.returncode == 130
        end(process)


def test_two_processes_make_one_secret(tmp_path):
    """Each student's worlds come of the secret: whichever process is first, all have the same one."""
    command = (
        "import sys; from pathlib import Path; from drycloud.course import load_course;"
        "from drycloud.grading.results import Results; sys.stdin.read();"
        "print(Results(load_course(Path('.'))).secret.decode())"
    )
    start = [sys.executable, "-c", command]
    write_course(tmp_path)
    for _ in range(3):
        processes = [
            subprocess.Popen(start, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(4)
        ]
        gate = threading.Barrier(len(processes))
        found: list[str] = []

        def read(process: "subprocess.Popen[str]", gate: threading.Barrier, found: list[str]) -> None:
            gate.wait()
            found.append(process.communicate("")[0])

        threads = [threading.Thread(target=read, args=(process, gate, found)) for process in processes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(found)) == 1
        assert len(found[0]) == 65
        (tmp_path / "build/course_secret").unlink()


def test_a_page_that_is_missing_is_told(root):
    """What another program took away between autograding and feedback is an error, not a class without students."""
    hand_in(root, "ann", "bucket", "pass")
    hand_in(root, "bob", "bucket", "pass")
    config = converters.settings(load_course(root), "toy")
    assert converters.autograde(config, lambda student, _, step, __: report(student, step, 1.25)) == []
    found = [(student, {"bucket": root / "x"}) for student in ("ann", "bob")]
    course = load_course(root)
    assert feedback(course, "toy", found) == []
    shutil.rmtree(root / "build/autograded/ann")
    assert feedback(course, "toy", found) == ["ann, toy/bucket: there is no feedback page; grade again"]
    shutil.rmtree(root / "build/autograded/bob")
    assert len(feedback(course, "toy", found)) == 2
