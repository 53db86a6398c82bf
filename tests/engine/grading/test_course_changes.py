"""A course that changes after its release: the next run grades by what stands there now; all places say the same."""

from pathlib import Path

import pytest
import small_class
from machine import CLI, run

from drycloud.classroom.gradebook.marks import Mark, marks
from drycloud.course import load_course


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A class of two that is graded: one right, one with a bucket of another name."""
    monkeypatch.setenv("DRYCLOUD_BUILD", str(tmp_path / "build"))
    small_class.write_class(tmp_path, 2)
    assert [(mark.score, mark.points) for mark in graded(tmp_path)] == [(3.5, 3.5), (0, 3.5)]
    return tmp_path


def graded(root: Path) -> list[Mark]:
    done = run([*CLI, "grade", "toy", "--submitted", "handed_in"], root)
    assert (done.returncode, done.stderr) == (0, "")
    found = marks(load_course(root), "toy")
    for mark in found:
        page = (root / "build/feedback" / mark.student / "toy/bucket.html").read_text()
        assert f">{mark.score:g} of {mark.points:g} points<" in page
        assert f"/{mark.points:g}" in done.stdout
    return found


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_points_that_change(root):
    """Checks that are worth more: marks, table, pages and gradebook go by the new points, for everybody."""
    change(root / "graders/toy/bucket.py", "points=2.5", "points=5")
    assert [(mark.score, mark.points) for mark in graded(root)] == [(6, 6), (0, 6)]
    change(root / "graders/toy/bucket.py", "points=5", "points=1.1")
    assert [(mark.score, mark.points) for mark in graded(root)] == [(2.1, 2.1), (0, 2.1)]


def test_services_that_change(root):
    """A service that is taken away is refused to students from then on: all is graded again, and the error is seen."""
    change(root / "course.yml", "variants: 2", "variants: 2\nservices: [ec2, s3]")
    assert [mark.score for mark in graded(root)] == [3.5, 0]
    change(root / "course.yml", "[ec2, s3]", "[sts]")
    assert [mark.score for mark in graded(root)] == [2.5, 2.5]  # no bucket, so none that nobody asked for
    assert "cloud has no Amazon S3" in (root / "build/feedback/s00/toy/bucket.html").read_text()
