"""A class in which everybody handed in something odd: nobody is lost, however it is graded.

Each student's right work stands in another shape, name or place. It is run and earns all, or it waits for a teacher, or
is refused; and report, page, gradebook and a line of the class run say what was not as it should be.
"""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from classroom_toy import FILES, fresh
from machine import CLI
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from odd_layouts import FULL, NOTHING, WAITS, Odd, write
from patience import PATIENCE

from drycloud.classroom.adapter import converters
from drycloud.classroom.gradebook.marks import Mark, marks
from drycloud.course import load_course
from drycloud.report import Report, from_json

COURSE = FILES["course.yml"].replace("late:", "variants: 1\nlate:")


class Graded(NamedTuple):
    """What was expected of each student, and what a class run and `nbgrader autograde` made of it."""

    root: Path
    expected: dict[str, tuple[str, bool]]
    reports: dict[str, Report]
    told: str
    marks: dict[str, Mark]
    stock_told: str
    stock_marks: dict[str, Mark]
    pages: dict[str, str]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("DRYCLOUD_BUILD", raising=False)
        patched.delenv("DRYCLOUD_EXCHANGE", raising=False)
        root = fresh(tmp_path_factory.mktemp("odd"))
        (root / "course.yml").write_text(COURSE.lstrip("\n"))
        expected = write(Odd(root / "build/release/toy"), root / "build/submitted")
        done = ran(root, *CLI, "grade", "toy", "--json")
        reports = [report for report in from_json(done.stdout.encode()) if report.step == "bucket"]
        by_class = noted(root)
        place = root / "build/feedback"
        pages = {name: (place / name / "toy/bucket.html").read_text(encoding="utf-8") for name in expected}
        (root / "build/gradebook.db").rename(root / "gradebook.db")
        fresh_one = fresh(tmp_path_factory.mktemp("stock"))
        (root / "build/gradebook.db").write_bytes((fresh_one / "build/gradebook.db").read_bytes())
        stock = ran(root, sys.executable, "-m", "nbgrader", "autograde", "toy")
        by_name = {report.student: report for report in reports}
        return Graded(root, expected, by_name, done.stderr, by_class, stock.stderr, noted(root), pages)


def ran(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """The command, which has minutes: the class is large."""
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return done


def noted(root: Path) -> dict[str, Mark]:
    return {mark.student: mark for mark in marks(load_course(root), "toy")}


def test_nobody_is_lost(graded):
    """Everybody has a report, a page and a mark, and what it is: full marks, waiting, or 0 with the reason."""
    assert len(graded.expected) > 60
    assert set(graded.reports) == set(graded.marks) == set(graded.expected)
    made = {}
    for name, report in graded.reports.items():
        mark = graded.marks[name].steps[0]
        waits = report.status == "needs_grading" and not report.is_checked and mark.waits and bool(report.unread)
        full = report.score == report.points == mark.score and not mark.waits
        refused = (report.run.outcome, mark.score, mark.waits) == ("refused", 0, False)
        made[name] = WAITS if waits else FULL if full else NOTHING if refused else "is lost"
    assert made == {name: comes for name, (comes, _) in graded.expected.items()}


def test_what_is_odd_is_told_everywhere(graded):
    """In the student's report and page, and in a line of the class run; of what is usual nothing is told."""
    for name, (_, is_told) in graded.expected.items():
        report = graded.reports[name]
        lines = [*report.notes, *report.unread, *([report.run.message] if report.run.outcome == "refused" else [])]
        in_run = [line for line in graded.told.splitlines() if f"{name}/" in line]
        assert bool(lines) == is_told, (name, lines)
        assert bool(in_run) == is_told, (name, in_run)
        page = graded.pages[name].replace("&#39;", "'")
        assert all(line.split("'")[0] in page for line in lines), (name, lines)


def test_stock_nbgrader_grades_the_same(graded):
    """`nbgrader autograde` gives everybody the same mark, and says the same."""
    assert graded.stock_marks == graded.marks
    silent = [name for name, (_, told) in graded.expected.items() if told and name not in graded.stock_told]
    assert silent == []


def test_formgrader_lists_and_grades_everybody(graded):
    """Also whose folder has another name; the notebook that a teacher sees there says how it was handed in."""
    config = converters.settings(load_course(graded.root), "toy")
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    assert api.get_submitted_students("toy") == set(graded.expected)
    for name in ("second_folder", "in_scene", "zip_beside"):
        assert api.autograde("toy", name)["success"]
        seen = (graded.root / "build/autograded" / name / "toy/bucket.ipynb").read_text(encoding="utf-8")
        assert "Your submission" in seen
    assert noted(graded.root) == graded.marks
