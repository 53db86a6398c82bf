"""A check that breaks is our fault: who grades is told where, why, and whose marks wait for a hand."""

from pathlib import Path

import pytest
import small_class
from classroom_toy import FILES
from machine import CLI, run

from drycloud.report import from_json

NEW = """

@check(points=1)
def test_it_is_empty(after, given):
    \"\"\"Your bucket is empty.\"\"\"
    assert not after.objects[given.bucket], "It is not empty."


@check(points=1)
def test_answer_is_right(answers):
    \"\"\"The answer is right.\"\"\"
    raise ValueError("not [bold]ours[/bold]: " + answers.get("n", "\\x1b[31m"))
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of seven, and a grader in which two checks break."""
    root = tmp_path_factory.mktemp("class")
    small_class.write_class(root, 7)
    grader = root / "graders/toy/bucket.py"
    grader.write_text(FILES["graders/toy/bucket.py"] + NEW)
    return root


def test_a_class_run_tells_what_broke_once(course):
    """Step, file, line and reason, whose marks wait, in one line for all of a kind; status 1; nothing is lost."""
    done = run([*CLI, "grade", "toy", "--submitted", "handed_in"], course)
    assert done.returncode == 1, done.stderr
    kind, reason = (
        "test_it_is_empty broke: TypeError: 'method' object is not subscriptable",
        "not [bold]ours[/bold]: \ufffd",
    )
    told = [line for line in done.stderr.splitlines() if "broke" in line]
    assert [line for line in told if kind in line] == [
        f"drycloud: toy/bucket: graders/toy/bucket.py:15: {kind} — "
        "to be marked by hand: s00, s01, s02, s03, s04 and 2 more"
    ]
    assert any(f"graders/toy/bucket.py:21: test_answer_is_right broke: ValueError: {reason}" in line for line in told)
    assert len(told) == 2
    assert "w waits for a mark by hand" in done.stdout
    page = (course / "build/feedback/s00/toy/bucket.html").read_text()
    assert "it is graded by hand" in page
    assert "subscriptable" not in page
    assert "subscriptable" not in (course / "build/autograded/s00/toy/bucket.ipynb").read_text()


def test_single_files_tell_it_too(course):
    """On standard error, so that --json stays JSON, in which teachers find it."""
    done = run([*CLI, "grade", "toy/bucket", "handed_in/s00/toy/bucket.py", "--json"], course)
    assert done.returncode == 1
    assert "graders/toy/bucket.py:15: test_it_is_empty broke" in done.stderr
    (report,) = from_json(done.stdout.encode())
    assert len(report.faults) == 2


def test_verify_tells_it_too(course):
    """The proof of the course names file, line and reason."""
    done = run([*CLI, "verify", "toy/bucket"], course)
    assert done.returncode == 1
    assert "graders/toy/bucket.py:15: test_it_is_empty broke: TypeError" in done.stdout
