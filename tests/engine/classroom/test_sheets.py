"""Marks as CSV: amounts to the cent, no formulas, and what the gradebook says; by drycloud and by stock nbgrader."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from classroom_toy import by_name, fresh, hand_in, report
from machine import CLI, one_line, run
from nbgrader.api import Gradebook
from patience import PATIENCE

from drycloud.classroom.gradebook.marks import record
from drycloud.classroom.gradebook.sheets import write_csv
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.course import load_course

NAMES = (
    "=cmd|'/c calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\n=1",
    "\uff1d1",
    '"=1',
    "a,b\n=1",
    "ann",
    "",
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two students, one late, with a mark by hand that was given after the grading; a third who handed in nothing."""
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    root = fresh(tmp_path)
    for student in ("=1+1", "ann"):
        for step in ("bucket", "shell"):
            folder = hand_in(root, student, step, "pass").parent
    (folder / "timestamp.txt").write_text("2027-02-08 10:00:00 UTC")
    course = load_course(root)
    found = submissions_in(root / "build/submitted", course, course.assignment("toy"))
    made = [report(student, step, 1.1) for student, files in found for step in files]
    assert record(course, "toy", found, by_name(made)) == []
    with Gradebook(f"sqlite:///{root}/build/gradebook.db") as book:
        grade = book.find_grade("grade", "bucket", "toy", "ann")
        grade.manual_score, grade.extra_credit = 0.1, 0.2
        book.find_grade("grade", "shell", "toy", "ann").manual_score = 0.1
        book.add_student("cid", first_name="@cid", last_name='=HYPERLINK("x")')
        book.db.commit()
    return root


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_drycloud_export(root):
    """A row for each student of the roster; steps and extra credit less the penalty make the total."""
    done = run([*CLI, "export", "toy", "--to", "marks.csv"], root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "marks.csv\n", "")
    evil, ann, cid = rows(root / "marks.csv")
    assert evil == {"student": "'=1+1", "bucket": "1.10", "shell": "1.10", "extra_credit": "0.00",
                    "late_penalty": "0.00", "total": "2.20", "max": "5.50", "waiting": ""}  # fmt: skip
    assert ann == {"student": "ann", "bucket": "0.10", "shell": "0.10", "extra_credit": "0.20",
                   "late_penalty": "0.40", "total": "0.00", "max": "5.50", "waiting": ""}  # fmt: skip
    assert (cid["student"], cid["bucket"], cid["total"]) == ("cid", "", "0.00")


def test_stock_nbgrader_export(root):
    """Its own columns, made safe, in cents; lateness counts the marks that were given since."""
    command = [sys.executable, "-m", "nbgrader", "export", "--to", "grades.csv"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    found = {row["student_id"]: row for row in rows(root / "grades.csv")}
    assert list(found["ann"]) == ["assignment", "duedate", "timestamp", "student_id", "last_name", "first_name",
                                  "email", "raw_score", "late_submission_penalty", "score", "max_score"]  # fmt: skip
    assert set(found) == {"'=1+1", "ann", "cid"}
    amounts = ("raw_score", "late_submission_penalty", "score", "max_score")
    assert [found["ann"][name] for name in amounts] == ["0.40", "0.40", "0.00", "5.50"]
    assert (found["cid"]["first_name"], found["cid"]["last_name"]) == ("'@cid", '\'=HYPERLINK("x")')
    chosen = [*command[:-1], "chosen.csv", "--student", '["ann"]', "--assignment", '["toy"]']
    done = subprocess.run(chosen, cwd=root, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    assert [row["student_id"] for row in rows(root / "chosen.csv")] == ["ann"]


def test_no_cell_is_a_formula(tmp_path):
    """What a spreadsheet would compute gets an apostrophe; the rest stays as it is; numbers are numbers."""
    write_csv(tmp_path / "x.csv", [[name, -0.5, 3.3000000000000003] for name in NAMES])
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.reader(file))
    for (cell, negative, amount), name in zip(found, NAMES, strict=True):
        assert cell in (name, f"'{name}")
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d"))
        assert not cell.startswith(("\t", "\r"))
        assert (negative, amount) == ("-0.50", "3.30")
    assert [cell for cell, *_ in found[-4:]] == ['"=1', "a,b\n=1", "ann", ""]


def test_nothing_to_export_is_one_line(tmp_path, monkeypatch):
    """Before anything is graded; and into a folder that is not there."""
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    root = fresh(tmp_path)
    assert "nothing of toy is graded — run 'drycloud grade toy' first" in one_line(run([*CLI, "export", "toy"], root))
    assert not (root / "toy.csv").exists()
