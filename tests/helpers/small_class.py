"""A class of one small step that has done all kinds of work."""

from pathlib import Path

from classroom_toy import FILES

COURSE = """
title: A toy course
variants: 2
assignments:
  - name: toy
    steps:
      - {name: bucket, minutes: 5}
"""
RIGHT = 'import boto3\nboto3.client("s3").create_bucket(Bucket=given.bucket)\n'
WORKS = (RIGHT, RIGHT.replace("given.bucket", "given.bucket + 'x'"), "1", "def f(:", RIGHT + "raise ValueError\n")


def write_class(folder: Path, students: int) -> None:
    """A course of one step, and a class that has done all kinds of work."""
    names = ("nbgrader_config.py", "exercises/toy/bucket.py", "solutions/toy/bucket.py", "graders/toy/bucket.py")
    files = {"course.yml": COURSE} | {name: FILES[name] for name in names}
    files |= {f"handed_in/s{n:02d}/toy/bucket.py": WORKS[n % len(WORKS)] for n in range(students)}
    (folder / "tmp").mkdir()
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
