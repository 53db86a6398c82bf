"""Work that changes or vanishes while it is graded: never an empty submission, and never the mark of something else."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import small_class

from drycloud.classroom.gradebook.marks import marks
from drycloud.cli import grade as command
from drycloud.course import load_course
from drycloud.errors import StoreError
from drycloud.grading.results import Results
from drycloud.grading.works import Submission, Work


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A class of two; s00's work is right, s01's makes a bucket of another name."""
    monkeypatch.setenv("DRYCLOUD_BUILD", str(tmp_path / "build"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "no-config"))
    small_class.write_class(tmp_path, 2)
    return tmp_path


def graded(root: Path, monkeypatch: pytest.MonkeyPatch, *meanwhile: Callable[[], object]) -> list[tuple[str, float]]:
    """The marks of a class run after whose rounds of grading these things happen, one after each."""
    left, real = list(meanwhile), command._grade

    def disturbed(*arguments: object, again: bool) -> None:
        real(*arguments, again=again)  # type: ignore[arg-type]
        if left:
            left.pop(0)()

    monkeypatch.setattr(command, "_grade", disturbed)
    course = load_course(root)
    command.grade_class(course, course.assignment("toy"), root / "handed_in", 2, as_json=False)
    assert not left
    return [(mark.student, mark.score) for mark in marks(course, "toy")]


def test_what_changed_is_graded_again(root, monkeypatch):
    """A student's file is replaced, and another's folder is taken away: the marks are of what lies there in the end."""
    files = [root / f"handed_in/s0{n}/toy/bucket.py" for n in range(2)]
    assert graded(
        root, monkeypatch, lambda: files[1].write_text(small_class.RIGHT), lambda: files[0].rename(root / "elsewhere")
    ) == [("s00", 0.0), ("s01", 3.5)]


def test_what_never_rests_is_an_error(root, monkeypatch):
    """Nothing is noted, and the line names the folder."""
    file = root / "handed_in/s00/toy/bucket.py"
    again = [lambda n=n: file.write_text(f"x = {n}\n") for n in range(3)]
    with pytest.raises(StoreError, match="handed_in: changes while it is graded — grade again when nobody writes"):
        graded(root, monkeypatch, *again)
    assert not (root / "build/gradebook.db").exists()


def test_a_report_of_what_vanished_is_not_handed_out(root):
    """Which is what nbgrader's own autograde would ask for: the mark then waits for a hand."""
    file = root / "handed_in/s00/toy/bucket.py"
    results = Results(load_course(root))
    work = Work("bucket", file)
    submission = Submission("s00", "toy", [work])
    list(results.grade([submission], 1))
    assert results.load_current(submission, work).score == 3.5
    os.unlink(file)  # noqa: PTH108  # as another program does
    with pytest.raises(StoreError, match=r"bucket.py: changed or vanished while it was graded"):
        results.load_current(submission, work)
