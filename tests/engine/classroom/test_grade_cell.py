"""The grade cell: calm in a student's kernel, and worth nothing in a stock nbgrader that knows nothing of drycloud."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from classroom_toy import by_name, fresh, hand_in, report, save
from nbgrader.api import Gradebook
from nbgrader.validator import Validator

from drycloud.classroom.gradebook.marks import feedback, marks, record, register
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.course import load_course
from drycloud.notebook import load_exercise, read_submission
from drycloud.notebook.cells import GRADE_TEXT, summary_source

SOLUTION = "import boto3\nboto3.client('s3', region_name='us-east-1').create_bucket(Bucket=given.bucket)"
RIGHT = nbformat.v4.new_output("execute_result", {"text/plain": "3.5"})


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    monkeypatch.delenv("DRYCLOUD_EXCHANGE", raising=False)
    return fresh(tmp_path)


def released(root: Path) -> nbformat.NotebookNode:
    return nbformat.read(root / "build/release/toy/bucket.ipynb", as_version=4)


def grade_cell(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == "grade")


def rewritten(cell: nbformat.NotebookNode) -> None:
    cell.source = "3.5"


def made_code(cell: nbformat.NotebookNode) -> None:
    cell.update({"cell_type": "code", "source": "3.5", "outputs": [RIGHT], "execution_count": 1})


def made_a_test(cell: nbformat.NotebookNode) -> None:
    made_code(cell)
    cell.metadata.nbgrader.update({"solution": False, "locked": True, "cell_type": "code"})


def made_a_markdown_test(cell: nbformat.NotebookNode) -> None:
    cell.metadata.nbgrader.update({"solution": False, "locked": True})


def made_a_task(cell: nbformat.NotebookNode) -> None:
    cell.metadata.nbgrader.update({"solution": False, "grade": False, "task": True})


ATTACKS = [rewritten, made_code, made_a_test, made_a_markdown_test, made_a_task]


@pytest.mark.slow
def test_a_stock_nbgrader_gives_nobody_a_point(root, tmp_path):
    """`nbgrader autograde` without our configuration, with Python's kernel forced: stub, solution, and edited cells."""
    hand_in(root, "stub", "bucket", "pass")
    hand_in(root, "solution", "bucket", SOLUTION)
    for attack in ATTACKS:
        notebook = released(root)
        attack(grade_cell(notebook))
        save(root, attack.__name__, "bucket", notebook)
    (tmp_path / "stock").mkdir()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "DRYCLOUD"))} | {"JUPYTER_NO_CONFIG": "1"}
    arguments = [f"--course-dir={root / 'build'}", "--Execute.kernel_name=python3"]
    command = [sys.executable, "-m", "nbgrader", "autograde", "toy", *arguments]
    done = subprocess.run(command, cwd=tmp_path / "stock", env=env, capture_output=True, text=True, check=False)
    scores = {}
    with Gradebook(f"sqlite:///{root}/build/gradebook.db") as gradebook:
        for name in ["stub", "solution", *(attack.__name__ for attack in ATTACKS)]:
            grade = gradebook.find_grade("grade", "bucket", "toy", name)
            scores[name] = (grade.score, grade.auto_score)
    assert set(scores.values()) <= {(0.0, 0.0), (0.0, None)}, done.stderr
    ran = nbformat.read(root / "build/autograded/solution/toy/bucket.ipynb", as_version=4)
    assert any(cell.get("outputs") for cell in ran.cells)  # it really was run


def test_it_is_calm_text(root):
    """No code that could raise; nbgrader's validate, and so its button, does not tell a student that it fails."""
    notebook = released(root)
    cell = grade_cell(notebook)
    assert (cell.cell_type, cell.source) == ("markdown", GRADE_TEXT)
    assert cell.metadata.nbgrader.points == 3.5
    assert Validator()._get_failed_cells(notebook) == []
    (summary,) = [cell for cell in notebook.cells if cell.id == "summary"]
    assert summary.source == summary_source(points=3.5, visible=1, hidden=1, seconds=180, processes=256)


def test_code_that_students_run_and_need_not_read_is_folded(root):
    """Scene, checks and summary, by Jupyter's own metadata; a student's cells are not."""
    folded = [cell.id for cell in released(root).cells if cell.metadata.get("jupyter", {}).get("source_hidden")]
    assert folded == ["scene", "check-1", "summary"]


def graded(root: Path) -> None:
    course = load_course(root)
    handed_in = submissions_in(root / "build/submitted", course, course.assignment("toy"))
    reports = by_name([report("ann", "bucket", 1.25), report("ann", "shell", 0.0)])
    assert record(course, "toy", handed_in, reports) == []


def test_nobody_is_told_that_there_was_no_response(root):
    """nbgrader comments so on an answer that is as released, in formgrader and on the page; here that is no fault."""
    hand_in(root, "ann", "bucket", SOLUTION)
    graded(root)
    with Gradebook(f"sqlite:///{root}/build/gradebook.db") as gradebook:
        assert gradebook.find_comment("grade", "bucket", "toy", "ann").comment is None
    assert feedback(load_course(root), "toy") == []
    page = (root / "build/feedback/ann/toy/bucket.html").read_text(encoding="utf-8")
    assert "1.25 of 3.5 points" in page
    assert "response" not in page


def test_a_gradebook_from_before_is_brought_up_to_date(root):
    """Where the grade cell was code it took no comment; marks by hand stay, and grading and feedback go on."""
    hand_in(root, "ann", "bucket", SOLUTION)
    graded(root)
    with Gradebook(f"sqlite:///{root}/build/gradebook.db") as gradebook:
        gradebook.find_grade("grade", "bucket", "toy", "ann").manual_score = 3.0
        gradebook.find_source_cell("grade", "bucket", "toy").cell_type = "code"
        gradebook.db.delete(gradebook.find_comment("grade", "bucket", "toy", "ann"))
        gradebook.db.delete(gradebook.find_solution_cell("grade", "bucket", "toy"))
        gradebook.db.commit()
    register(load_course(root), "toy")
    graded(root)
    assert feedback(load_course(root), "toy") == []
    (mark,) = marks(load_course(root), "toy")
    assert mark.by_step == {"bucket": 3.0, "shell": 0.0}


def test_cells_of_ours_are_known_without_their_tags(root, tmp_path):
    """A tool that drops metadata does not make the summary a student's code; code beside it is theirs."""
    notebook = released(root)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({"tags": ["task"]} if cell.id == "task-1" else {})
    summary = next(cell for cell in notebook.cells if cell.id == "summary")
    exercise = load_exercise(root / "exercises/toy/bucket.py")
    nbformat.write(notebook, tmp_path / "bucket.ipynb")
    assert read_submission(tmp_path / "bucket.ipynb", exercise, "toy/bucket") == exercise.sources("task")
    summary.source += "\nprint(1)"
    nbformat.write(notebook, tmp_path / "bucket.ipynb")
    assert read_submission(tmp_path / "bucket.ipynb", exercise, "toy/bucket")[1:] == [summary.source]
