"""Which world a submission meets: one that follows from what is run, so that no page tells of the next one."""

from collections.abc import Iterator
from pathlib import Path

import classroom_toy
import nbformat
import pytest

from drycloud.course import load_course
from drycloud.grading.submission import Grader
from drycloud.grading.works import Submission, Work
from drycloud.report import Report

PRINTS = "print(given.bucket)"
WORKS = "import boto3\n_ = boto3.client('s3').create_bucket(Bucket=given.bucket)"


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """One for the toy course."""
    root = classroom_toy.write_course(tmp_path_factory.mktemp("course"))
    with Grader(load_course(root), b"secret") as one:
        yield one


def notebook(*cells: str, **more: object) -> nbformat.NotebookNode:
    """A notebook of a student's with these task cells; `more` goes into its metadata."""
    made = nbformat.v4.new_notebook(metadata={"drycloud": {"step": "toy/bucket"}, **more})
    made.cells = [nbformat.v4.new_code_cell(source, metadata={"tags": ["task"]}) for source in cells]
    return made


def graded(grader: Grader, path: Path, student: str = "ann") -> Report:
    (report,) = grader.grade(Submission(student, "toy", [Work("bucket", path)]))
    return report


def written(folder: Path, made: nbformat.NotebookNode) -> Path:
    path = folder / "bucket.ipynb"
    nbformat.write(made, path)
    return path


def test_what_is_not_run_changes_nothing(grader: Grader, tmp_path: Path) -> None:
    """Outputs, metadata, ids and the time of a file: the same code gets the same world, and the same report."""
    first = graded(grader, written(tmp_path, notebook(PRINTS, WORKS)))
    other = notebook(PRINTS, WORKS, kernelspec={"name": "python3", "display_name": "Mine"}, author="me")
    other.cells[0].outputs = [nbformat.v4.new_output("stream", text="data-1\n")]
    other.cells[0].execution_count = 7
    second = graded(grader, written(tmp_path, other))
    assert first.run.stdout.startswith("data-")
    assert second.settled() == first.settled()
    assert second.run.stdout == first.run.stdout


@pytest.mark.parametrize(
    "cells",
    [
        (PRINTS, WORKS + "\n# once more"),
        (PRINTS, f"\n{WORKS}"),
        (f"{PRINTS}\n{WORKS}",),
        (PRINTS, WORKS, "answer = 'data-123456'"),
    ],
)
def test_other_code_has_another_world(grader: Grader, tmp_path: Path, cells: tuple[str, ...]) -> None:
    """However little it differs: an answer that was read off a page is one to another world."""
    first = graded(grader, written(tmp_path, notebook(PRINTS, WORKS)))
    second = graded(grader, written(tmp_path, notebook(*cells)))
    assert second.score == first.score == first.points
    assert second.run.stdout != first.run.stdout


def test_a_twin_has_another_world(grader: Grader, tmp_path: Path) -> None:
    """The same file of two students."""
    path = written(tmp_path, notebook(PRINTS, WORKS))
    assert graded(grader, path, "ann").run.stdout != graded(grader, path, "bob").run.stdout


def test_an_answer_read_off_a_page_earns_nothing(grader: Grader, tmp_path: Path) -> None:
    """Whoever hands in again what the report on their first try shows."""
    seen = graded(grader, written(tmp_path, notebook(PRINTS, WORKS))).run.stdout.strip()
    copied = f"import boto3\nboto3.client('s3').create_bucket(Bucket={seen!r})"
    assert graded(grader, written(tmp_path, notebook(copied))).score == 0
