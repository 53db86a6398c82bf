"""A course of one step, work on it, and its report."""

from pathlib import Path

from drycloud.grading.submission import Grader
from drycloud.grading.works import Submission, Work
from drycloud.report import Report

FILES = {
    "course.yml": """
title: A toy course
assignments:
  - name: toy
    title: One step
    due: 2027-02-07T23:59:00+01:00
    steps:
      - {name: bucket, minutes: 5}
""",
    "exercises/toy/bucket.py": """
# %% [markdown]
# # A bucket

# %% tags=["scene"]
from drycloud import simulate


def scene(s3, rng):
    return {"bucket": f"data-{rng.randrange(10**6)}"}


given = simulate(scene)

# %% tags=["task"]
# Make the bucket, say its name, and leave no file.
""",
    "graders/toy/bucket.py": '''
from drycloud import check


@check(points=4)
def test_bucket(after, given):
    """There is a bucket."""
    assert after.bucket(given.bucket), "There is none."


@check(points=2)
def test_name(answers, given):
    """Its name is told."""
    assert answers.name == given.bucket, "It is another."


@check(points=1)
def test_no_file(files):
    """There is no file."""
    assert not [name for name in files if name != "bucket.py"], "There is one."


@check(points=1)
def test_no_other_file(files):
    """There is no other file."""
    for name in set(files) - {"bucket.py"}:
        raise AssertionError(f"There is {name}.")
''',
}
WORK = "import boto3\nname = given.bucket\nboto3.client('s3').create_bucket(Bucket=name)\n"


def report_on(grader: Grader, text: str, folder: Path) -> Report:
    """The report on such work."""
    path = folder / "bucket.py"
    path.write_text(text, encoding="utf-8")
    (report,) = grader.grade(Submission("ann", "toy", [Work("bucket", path)]))
    return report
