"""A course with answers in prose: a step of two questions, and one with a task, a check and a question."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import nbformat
from classroom_toy import CONFIGURATION

from drycloud.classroom.gradebook.marks import register
from drycloud.classroom.submissions.intake import Submissions
from drycloud.course import load_course
from drycloud.grading.checker import Verdict
from drycloud.grading.merge import merge, refuse
from drycloud.grading.stage import StageResult
from drycloud.grading.suite import load_suite
from drycloud.notebook import load_exercise, read_answers
from drycloud.report import Report, Run

STUB = "*Write here.*"
FILES = {
    "nbgrader_config.py": CONFIGURATION,
    "course.yml": """
title: A course in words
late: {penalty_per_day: 0.1, max_penalty: 0.5}
assignments:
  - name: essay
    due: 2027-02-07T23:59:00+00:00
    steps:
      - {name: words, minutes: 5}
      - {name: both, minutes: 5}
""",
    "exercises/essay/words.py": """
# %% [markdown]
# # Two questions
# What is a cloud?

# %% [markdown] tags=["answer"]
# *Write here.*

# %% [markdown]
# What is rain?

# %% [markdown] tags=["answer"]
# *Write here.*
""",
    "solutions/essay/words.py": """
# %% [markdown] tags=["answer"]
# Many droplets of water that float in cold air.

# %% [markdown] tags=["answer"]
# Droplets that grew too heavy to float any longer.
""",
    "graders/essay/words.py": """
from drycloud import Rubric

rubrics = [
    Rubric("What a cloud is.", [(1, "It consists of water."), (0.5, "It floats although it is heavy.")]),
    Rubric("What rain is.", [(2, "Its droplets became too heavy.")], "Snow may be mentioned and earns nothing."),
]
""",
    "exercises/essay/both.py": """
# %% [markdown]
# # A bucket, and why

# %% tags=["scene"]
from drycloud import simulate


def scene(s3, rng):
    return {"bucket": f"data-{rng.randrange(10**6)}"}


given = simulate(scene)

# %% tags=["task"]
# Make the bucket.

# %% [markdown] tags=["answer"]
# *Write here.*
""",
    "solutions/essay/both.py": """
# %% tags=["task"]
import boto3

boto3.client("s3").create_bucket(Bucket=given.bucket)

# %% [markdown] tags=["answer"]
# So that no two people in the world mean different places by it.
""",
    "graders/essay/both.py": '''
from drycloud import Rubric, check


@check(points=2)
def test_the_bucket_is_there(after, given):
    """There is a bucket."""
    assert after.bucket(given.bucket), "There is no such bucket."


rubrics = [Rubric("Why names are unique.", [(1, "A name leads to one place in the whole world.")])]
''',
}


def write_course(root: Path) -> Path:
    """The three trees and course.yml in a folder."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return root


@cache
def _registered() -> Path:
    folder = Path(mkdtemp(prefix="drycloud-answers-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root = write_course(folder / "course")
    register(load_course(root), "essay")
    return root


def fresh(folder: Path) -> Path:
    """A copy of the released course in `folder`."""
    return Path(shutil.copytree(_registered(), folder / "course"))


def released(root: Path, step: str) -> nbformat.NotebookNode:
    """The notebook that students get."""
    return nbformat.read(root / "build/release/essay" / f"{step}.ipynb", as_version=4)


def hand_in(root: Path, student: str, step: str, *answers: str | None) -> Path:
    """A student's notebook: the released one with these answers in its cells (None: as it was)."""
    notebook = released(root, step)
    cells = [cell for cell in notebook.cells if "answer" in cell.metadata.tags]
    for cell, answer in zip(cells, answers, strict=True):
        cell.source = cell.source if answer is None else answer
    return save(root, student, step, notebook)


def save(root: Path, student: str, step: str, notebook: nbformat.NotebookNode) -> Path:
    """Put a notebook where collected work lies."""
    path = root / "build/submitted" / student / "essay" / f"{step}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def report_on(root: Path, student: str, step: str, *verdicts: Verdict) -> Report:
    """The report as the engine makes it of a submission, with these outcomes of a run."""
    files = load_course(root).files_of("essay", step)
    exercise = load_exercise(files.exercise)
    path = root / "build/submitted" / student / "essay" / f"{step}.ipynb"
    prose = read_answers(path, exercise, f"essay/{step}")
    results = [StageResult(Run(), list(verdicts))] if verdicts else []
    return merge((student, "essay", step), load_suite(exercise, files.grader), results, prose)


def not_handed_in(root: Path, handed_in: Submissions) -> list[Report]:
    """The reports on the steps of these submissions for which there is nothing."""
    return [
        refuse((student, "essay", step), load_suite(load_exercise(files.exercise), files.grader), "nothing")
        for student, works in handed_in
        for step in ("words", "both")
        for files in [load_course(root).files_of("essay", step)]
        if step not in works
    ]
