"""A gradebook that cannot be read is named by its own file, with what to do; its password, if it has one, is not."""

import contextlib
import shutil
import sqlite3
from functools import partial
from pathlib import Path

import pytest
from classroom_toy import by_name, fresh, hand_in, report

from drycloud.classroom.adapter.converters import store_error
from drycloud.classroom.gradebook.marks import marks, record
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.course import load_course
from drycloud.errors import StoreError

DAMAGES = {
    "garbage": lambda good: b"x" * 5000,
    "cut off": lambda good: good[:3000],
    "zeros": lambda good: good[:100] + bytes(5000),
    "overwritten": lambda good: good[:8192] + b"\xff" * (len(good) - 8192),
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    root = fresh(tmp_path)
    hand_in(root, "ann", "bucket", "pass")
    return root


def refused(root: Path, *, recording: bool) -> str:
    """The line with which reading the marks, or noting them, is refused."""
    course = load_course(root)
    found = submissions_in(root / "build/submitted", course, course.assignment("toy"))
    reports = by_name([report("ann", "bucket", 1), report("ann", "shell", 0)])
    ask = partial(record, course, "toy", found, reports) if recording else partial(marks, course, "toy")
    with pytest.raises(StoreError) as error:
        ask()
    return str(error.value)


@pytest.mark.parametrize("recording", [False, True])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_gradebook_is_named(root, damage, recording):
    """Whatever is wrong with it, the line begins with its path, and says what a copy of it is needed for."""
    file = root / "build/gradebook.db"
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    line = refused(root, recording=recording)
    assert line.startswith(f"{file}: nbgrader's gradebook: ")
    assert line.endswith("put a copy of it back and grade again: marks by hand stand in it alone, all else is kept")


def test_a_gradebook_that_another_program_holds_is_named(root):
    """SQLite waits some seconds; then the line says what to wait for."""
    file = root / "build/gradebook.db"
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        line = refused(root, recording=False)
    assert line.startswith(f"{file}: nbgrader's gradebook: database is locked — another program is writing into it")


def test_no_password_is_told():
    """A gradebook in PostgreSQL has an address, in which a password may stand."""
    said = '(psycopg2.OperationalError) connection to server at "db" failed'
    line = str(store_error(said, Path("build"), "postgresql://teacher:secret@db/marks"))
    assert "secret" not in line
    assert line.startswith("postgresql://teacher:***@db/marks: nbgrader's gradebook: connection to server")


@pytest.mark.parametrize("lost", ["deleted", "emptied"])
def test_a_gradebook_that_is_gone_is_not_made_anew_over_graded_work(root, lost):
    """Marks by hand would vanish without a word. Who removes the graded work too begins anew."""
    reports = by_name([report("ann", "bucket", 1), report("ann", "shell", 0)])
    course, file = load_course(root), root / "build/gradebook.db"
    found = submissions_in(root / "build/submitted", course, course.assignment("toy"))
    record(course, "toy", found, reports)
    file.unlink()
    if lost == "emptied":
        file.touch()
    line = refused(root, recording=True)
    assert line.startswith(f"{file}: the gradebook is gone")
    shutil.rmtree(root / "build/autograded")
    record(course, "toy", found, reports)
    assert [mark.by_step["bucket"] for mark in marks(course, "toy")] == [1]
