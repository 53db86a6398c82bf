"""Golden reports: a submission, its report as JSON and as it is drawn in a terminal, in golden/A/S/CASE/.

After a change that is meant to change reports, write them anew and read the difference:

    GOLDEN=write .venv/bin/python -m pytest tests/engine/grading/test_golden.py && git diff tests/engine/grading/golden
"""

import io
import os
from pathlib import Path

import msgspec
import pytest
from classroom_toy import write_course
from msgspec import structs
from repository import ROOT
from rich.console import Console

from drycloud.course import load_course
from drycloud.grading.results import Results
from drycloud.grading.works import Submission, Work
from drycloud.render.terminal import show_report
from drycloud.report import Report

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(str(path.parent.relative_to(GOLDEN)) for path in GOLDEN.glob("*/*/*/submission.*"))
SECRET = b"golden: the same worlds each time"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """The report of each case, of this course and of the toy course."""
    toy = write_course(tmp_path_factory.mktemp("toy"))
    reports = {}
    for root in (ROOT, toy):
        course = load_course(root)
        names = [assignment.name for assignment in course.assignments]
        build = tmp_path_factory.mktemp("build")
        (build / "course_secret").write_bytes(SECRET)
        submissions = [submission_of(case) for case in CASES if case.split("/")[0] in names]
        for report in Results(structs.replace(course, build=build)).grade(submissions):
            reports[f"{report.assignment}/{report.step}/{report.student}"] = report
    return reports


def submission_of(case: str) -> Submission:
    assignment, step, name = case.split("/")
    (path,) = (GOLDEN / case).glob("submission.*")
    return Submission(name, assignment, [Work(step, path)])


def drawn(report: Report) -> str:
    """The report as a terminal without colours shows it."""
    text = io.StringIO()
    show_report(Console(file=text, width=100, highlight=False), report)
    return "".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines())


@pytest.mark.parametrize("case", CASES)
def test_the_report_is_as_it_was(graded: dict[str, Report], case: str) -> None:
    """What a submission comes to, and what its student reads, changes only when we mean it to."""
    report = graded[case].settled()
    made = {
        "report.json": msgspec.json.format(msgspec.json.encode(report)).decode() + "\n",
        "report.txt": drawn(report),
    }
    for name, text in made.items():
        path = GOLDEN / case / name
        if os.environ.get("GOLDEN") == "write":
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8").splitlines() == text.splitlines()


def test_every_golden_file_belongs_to_a_case() -> None:
    """A case is a submission and two files that were written for it, and nothing else lies about."""
    expected = {name for case in CASES for name in (f"{case}/report.json", f"{case}/report.txt")}
    found = {str(path.relative_to(GOLDEN)) for path in GOLDEN.rglob("*") if path.is_file()}
    assert expected == {name for name in found if "/submission." not in name}
