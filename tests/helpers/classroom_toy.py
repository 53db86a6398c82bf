"""A course of one assignment with two tiny steps, and reports as the engine would make them."""

import atexit
import shutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import msgspec
import nbformat

from drycloud.classroom.gradebook.marks import register
from drycloud.course import load_course
from drycloud.report import Bill, BillItem, Call, CheckResult, Report, Run

CONFIGURATION = "from drycloud.classroom import configure\n\nconfigure(get_config())\n"
FILES = {
    "nbgrader_config.py": CONFIGURATION,
    "course.yml": """
title: A toy course
late: {penalty_per_day: 0.1, max_penalty: 0.5, grace_minutes: 15}
assignments:
  - name: toy
    title: Two tiny steps
    due: 2027-02-07T23:59:00+01:00
    steps:
      - {name: bucket, minutes: 5}
      - {name: shell, minutes: 5}
""",
    "exercises/toy/bucket.py": '''
# %% [markdown]
# # A bucket
# Everything in S3 lies in a *bucket*.

# %% [markdown] tags=["notes"]
# Ask the class why the name must be unique in the whole world before they start.

# %% tags=["scene"]
from drycloud import simulate


def scene(s3, rng):
    return {"bucket": f"data-{rng.randrange(10**6)}"}


given = simulate(scene)

# %% tags=["task"]
import boto3

# Make the bucket that is named given.bucket.

# %% tags=["check"]
from drycloud import check


@check(points=1)
def test_a_bucket_is_there(after, given):
    """There is a bucket."""
    assert after.bucket(given.bucket), "Not yet: there is no such bucket."
''',
    "solutions/toy/bucket.py": """
# %%
import boto3

storage = boto3.client("s3", region_name="us-east-1")
storage.create_bucket(Bucket=given.bucket)
""",
    "graders/toy/bucket.py": '''
from drycloud import check


@check(points=2.5)
def test_no_other_bucket_was_made(before, after, given):
    """Only the one bucket was added to what was there."""
    extra = set(after.new_since(before, "Bucket")) - {given.bucket}
    assert not extra, f"There are {len(extra)} buckets that nobody asked for."
''',
    "exercises/toy/shell.py": """
# %% [markdown]
# # The same from the shell

# %% tags=["scene"]
from drycloud import simulate


def scene(s3, rng):
    return {"BUCKET": f"data-{rng.randrange(10**6)}"}


given = simulate(scene)

# %% tags=["task"] language="bash"
# # Make the bucket "$BUCKET" with the AWS CLI.
""",
    "solutions/toy/shell.py": """
# %% language="bash"
# aws s3api create-bucket --bucket "$BUCKET" > bucket.json
""",
    "graders/toy/shell.py": '''
from drycloud import check


@check(points=2)
def test_the_shell_made_it(after, given):
    """The bucket is there, made by the AWS CLI."""
    assert after.bucket(given.BUCKET), "The bucket that was asked for is missing."
''',
}
POINTS = {"bucket": 3.5, "shell": 2.0}


def write_course(root: Path) -> Path:
    """The three trees and course.yml in a folder."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return root


def report(student: str, step: str, score: float, **changes: object) -> Report:
    """A report with something in every part."""
    points = POINTS[step]
    outcome = "passed" if score == points else "failed"
    checks = [
        CheckResult("test_seen", "There is a bucket.", False, "passed", 1.0, 1.0),
        CheckResult("test_unseen", "Nothing <b>else</b> changed.", True, outcome, points - 1, score - 1, "2 too many."),
        CheckResult("test_after", "And so on.", True, "skipped", 1.0, 0.0),
    ]
    made = {
        "student": student, "assignment": "toy", "step": step,
        "status": "graded", "score": score, "points": points,
        "run": Run(stdout="hello\n", seconds=0.5), "checks": checks,
        "trail": [
            Call(0.1, "s3", "CreateBucket", "us-east-1", {"Bucket": "data-1"}),
            Call(0.2, "s3", "CreateBucket", "us-east-1", {"Bucket": "data-1"}, "BucketAlreadyExists"),
        ],
        "bill": Bill(12.5, [BillItem("t3.micro", 2, "running", 12.5)]),
    }  # fmt: skip
    return msgspec.convert(msgspec.to_builtins(Report(**{**made, **changes})), Report)


def hand_in(root: Path, student: str, step: str, source: str, released: Path | None = None) -> Path:
    """A student's notebook: the released one, with `source` in its task cell."""
    notebook = nbformat.read((released or root / "build" / "release" / "toy") / f"{step}.ipynb", as_version=4)
    for cell in notebook.cells:
        if "task" in cell.metadata.tags:
            cell.source = source
    return save(root, student, step, notebook)


def save(root: Path, student: str, step: str, notebook: nbformat.NotebookNode) -> Path:
    """Put a notebook where collected work lies."""
    path = root / "build" / "submitted" / student / "toy" / f"{step}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


@cache
def _registered() -> Path:
    """The toy course, released once for all tests: making a gradebook takes alembic seconds."""
    folder = Path(mkdtemp(prefix="drycloud-toy-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root = write_course(folder / "course")
    register(load_course(root), "toy")
    return root


def fresh(folder: Path) -> Path:
    """A copy of the released toy course in `folder`."""
    return Path(shutil.copytree(_registered(), folder / "course"))


def by_name(reports: Iterable[Report]) -> Callable[[str, str], Report]:
    """How `record` asks for a report: by student and step."""
    found = {(report.student, report.step): report for report in reports}
    return lambda student, step: found[student, step]
