"""Source notebooks for nbgrader, made from the three trees."""

import shutil
from pathlib import Path

import nbformat

from drycloud.classroom.guides import add_guides
from drycloud.classroom.papers import source_paper
from drycloud.classroom.points import step_suite, worth_of
from drycloud.course import Course, files_of
from drycloud.errors import StoreError
from drycloud.lab.guard import MARKER
from drycloud.notebook import load_exercise, load_reference, load_solution


def build(root: Path, course: Course, assignment: str, out: Path) -> list[Path]:
    """Write `out`/source/A/S.ipynb for each step of an assignment, in the place of an earlier build.

    Beside them lies what guards a release's folder; nbgrader carries it along.
    """
    papers = {}
    for step in course.assignment(assignment).steps:
        files = files_of(root, assignment, step.name)
        exercise = load_exercise(files.exercise)
        solution, references = load_solution(files.solution, exercise), load_reference(files.solution, exercise)
        suite = step_suite(root, assignment, step.name)
        paper = source_paper(exercise, solution, references, worth_of(suite), f"{assignment}/{step.name}")
        add_guides(paper, suite.rubrics, [])
        papers[f"{step.name}.ipynb"] = nbformat.writes(paper) + "\n"
    folder = out / "source" / assignment
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in {**papers, MARKER: marker()}.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", where=folder) from None
    return [folder / name for name in papers]


def marker() -> str:
    """The text of the file that makes a folder a release's, and keeps a Python without drycloud from an account."""
    return (Path(__file__).parent / "templates" / f"{MARKER}.txt").read_text(encoding="utf-8")
