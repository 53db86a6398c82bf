"""What grading one class costs in three ways, side by side in one run: `make bench`.

1. stock `nbgrader autograde`, with moto inside the notebooks;
2. a fresh pytest process with `mock_aws` for each student;
3. `drycloud grade`, each step in two variants, sealed, gradebook and feedback included.

All three grade the same submissions of the same steps in the same kind of world. The first two check less: a few
assertions such as an instructor would write, without a look at the rest of the account. Times are those of whole
processes with all their descendants, in seconds; ratios are per graded step. Nothing is asserted but that each way
tells a right submission from a wrong one.
"""

import argparse
import csv
import ctypes
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_notebook
from rich.console import Console
from rich.table import Table

from drycloud.notebook import load_exercise, load_solution
from drycloud.notebook.exercise import scene_source

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
STEPS = [("02_ec2", "launch"), ("02_ec2", "terminate"), ("04_s3", "upload")]
ASSIGNMENTS = sorted({assignment for assignment, _ in STEPS})
PR_SET_CHILD_SUBREAPER = 36

BEFORE = """
import os, pathlib, random, tempfile, types
os.environ.update(AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b", AWS_DEFAULT_REGION="us-east-1")
os.chdir(tempfile.mkdtemp())
import boto3
from moto import mock_aws
mocked = mock_aws()
mocked.start()
{scene}
offered = dict(ec2=lambda: boto3.client("ec2"), s3=lambda: boto3.client("s3"), rng=lambda: random.Random(7),
               workdir=lambda: pathlib.Path.cwd())
wanted = scene.__code__.co_varnames[: scene.__code__.co_argcount]
given = types.SimpleNamespace(**scene(**{{name: offered[name]() for name in wanted}}))
"""
LISTED = """
def instances(**tags):
    filters = [{"Name": "tag:" + key, "Values": [value]} for key, value in tags.items()]
    pages = boto3.client("ec2").get_paginator("describe_instances").paginate(Filters=filters)
    return [i for page in pages for r in page["Reservations"] for i in r["Instances"]]
"""
SEEN = {
    "launch": LISTED + "known = {i['InstanceId'] for i in instances()}",
    "terminate": LISTED,
    "upload": "",
}
ASSERTED = {
    "launch": """
new = [i for i in instances() if i["InstanceId"] not in known and i["State"]["Name"] == "running"]
assert [i["InstanceId"] for i in new] == [instance_id]
assert (new[0]["ImageId"], new[0]["InstanceType"]) == (given.image_id, given.instance_type)
assert new[0]["KeyName"] == given.key_name and {"Key": "Name", "Value": given.name} in new[0]["Tags"]
""",
    "terminate": """
assert {i["State"]["Name"] for i in instances(**{given.tag_key: given.tag_value})} == {"terminated"}
others = [i for i in instances() if {"Key": given.tag_key, "Value": given.tag_value} not in i["Tags"]]
assert "terminated" not in {i["State"]["Name"] for i in others}
""",
    "upload": """
for file in pathlib.Path(given.folder).rglob("*"):
    if file.is_file():
        key = given.prefix + file.relative_to(given.folder).as_posix()
        stored = boto3.client("s3").get_object(Bucket=given.bucket, Key=key)
        assert stored["Body"].read() == file.read_bytes()
""",
}


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="what grading a class costs in three ways")
    parser.add_argument("--students", type=int, default=16, help="size of the class (default: 16)")
    count = parser.parse_args().students
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # what outlives its parent is counted too
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        work = {f"student{number:02d}": submissions(number) for number in range(count)}
        figures = {
            "stock nbgrader autograde, moto in the notebook": stock(base / "stock", work),
            "a fresh pytest process for each student": processes(base / "pytest", work),
            "drycloud grade": drycloud(base / "drycloud", work),
        }
    report(figures, count)


def submissions(number: int) -> dict[str, str]:
    """One student's code by step: the even ones hand in the solution, the odd ones a wrong sample."""
    return {step: right(assignment, step) if number % 2 == 0 else wrong(assignment, step) for assignment, step in STEPS}


def right(assignment: str, step: str) -> str:
    """The solution of a step, as a script."""
    exercise = load_exercise(ROOT / f"exercises/{assignment}/{step}.py")
    return "\n\n".join(load_solution(ROOT / f"solutions/{assignment}/{step}.py", exercise))


def wrong(assignment: str, step: str) -> str:
    """A sample of a step that loses points."""
    names = {"launch": "two_instances.py", "terminate": "first_reservation_only.py", "upload": "top_level_only.py"}
    return (ROOT / f"tests/submissions/{assignment}/{step}/wrong/{names[step]}").read_text(encoding="utf-8")


def world(assignment: str, step: str) -> str:
    """What the other two ways run before a submission: the scene."""
    exercise = load_exercise(ROOT / f"exercises/{assignment}/{step}.py")
    return BEFORE.format(scene=scene_source(exercise.sources("scene")[0]))


def measured(*commands: list[str | Path], cwd: Path, accept: tuple[int, ...] = (0,)) -> tuple[float, float]:
    """CPU and wall time in seconds of commands one after the other, with all their descendants."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        done = subprocess.run(command, cwd=cwd, env=environment(cwd), capture_output=True, text=True, check=False)
        if done.returncode not in accept:
            raise SystemExit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr[-2000:]}")
        while True:
            try:
                os.wait()
            except ChildProcessError:
                break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - began


def environment(home: Path) -> dict[str, str]:
    """The variables of each measured command."""
    return {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "HOME": str(home),
        "TMPDIR": str(home),  # what the first two leave goes with all else
        "LANG": "C.UTF-8",
        "DRYCLOUD_BUILD": f"{home}/build",
    }


# --- the three ways ---------------------------------------------------------------------------------------------------


def stock(base: Path, work: dict[str, dict[str, str]]) -> tuple[float, float]:
    """Stock nbgrader: a kernel for each notebook, the world and the assertions inside."""
    for assignment, step in STEPS:
        write_notebook(base / "source" / assignment / f"{step}.ipynb", world(assignment, step), "# your code", step)
    (base / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "bench"\n')
    for assignment in ASSIGNMENTS:
        measured([BIN / "nbgrader", "generate_assignment", assignment, "--create"], cwd=base)
    for student, code in work.items():
        for assignment, step in STEPS:
            path = base / "submitted" / student / assignment / f"{step}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            notebook = nbformat.read(base / "release" / assignment / f"{step}.ipynb", as_version=4)
            notebook.cells[1].source = code[step]
            nbformat.write(notebook, path)
    cost = measured(*([BIN / "nbgrader", "autograde", assignment] for assignment in ASSIGNMENTS), cwd=base)
    expect_told("nbgrader", exported(base, work))
    return cost


def write_notebook(path: Path, before: str, task: str, step: str) -> None:
    """A source notebook as nbgrader has it: world, the student's cell, one locked grade cell."""
    grade = {"schema_version": 3, "grade": True, "grade_id": step, "locked": True, "points": 1, "solution": False}
    solution = {"schema_version": 3, "grade": False, "grade_id": "task", "locked": False, "solution": True}
    cells = [
        new_code_cell(before + SEEN[step]),
        new_code_cell(
            f"### BEGIN SOLUTION\n{task}\n### END SOLUTION", metadata={"nbgrader": {**solution, "task": False}}
        ),
        new_code_cell(ASSERTED[step], metadata={"nbgrader": {**grade, "task": False}}),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def processes(base: Path, work: dict[str, dict[str, str]]) -> tuple[float, float]:
    """A pytest process for each student, which grades all the steps."""
    told = []
    cpu = wall = 0.0
    for student, code in work.items():
        folder = base / student
        folder.mkdir(parents=True)
        tests = [
            f"def test_{step}():\n    names = {{}}\n    try:\n"
            f"        for part in {[world(a, step) + SEEN[step], code[step], ASSERTED[step]]!r}:\n"
            "            exec(compile(part, 'cell', 'exec'), names)\n"
            "    finally:\n        names['mocked'].stop()\n"
            for a, step in STEPS
        ]
        (folder / "test_student.py").write_text("\n\n".join(tests), encoding="utf-8")
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--junitxml=marks.xml",
        ]
        cost = measured([*command, "test_student.py"], cwd=folder, accept=(0, 1))
        cpu, wall = cpu + cost[0], wall + cost[1]
        told.append((student, 'failures="0"' in (folder / "marks.xml").read_text()))
    expect_told("pytest", told)
    return cpu, wall


def drycloud(base: Path, work: dict[str, dict[str, str]]) -> tuple[float, float]:
    """drycloud's class run, in a copy of this course that has these steps alone."""
    for tree in ("exercises", "solutions", "graders"):
        for assignment, step in STEPS:
            (base / tree / assignment).mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / tree / assignment / f"{step}.py", base / tree / assignment)
    shutil.copy(ROOT / "nbgrader_config.py", base)
    course = yaml.safe_load((ROOT / "course.yml").read_text(encoding="utf-8"))
    for assignment in course["assignments"]:
        assignment["steps"] = [step for step in assignment["steps"] if (assignment["name"], step["name"]) in STEPS]
    course["assignments"] = [assignment for assignment in course["assignments"] if assignment["steps"]]
    (base / "course.yml").write_text(yaml.safe_dump(course), encoding="utf-8")
    for student, code in work.items():
        for assignment, step in STEPS:
            path = base / "submitted" / student / assignment / f"{step}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(code[step], encoding="utf-8")
    for assignment in ASSIGNMENTS:  # as nbgrader's, the gradebook is there before the class is graded
        measured([BIN / "drycloud", "release", assignment], cwd=base)
    runs = [[BIN / "drycloud", "grade", a, "--submitted", base / "submitted"] for a in ASSIGNMENTS]
    cost = measured(*runs, cwd=base)
    expect_told("drycloud", exported(base, work))
    return cost


def exported(base: Path, work: dict[str, dict[str, str]]) -> list[tuple[str, bool]]:
    """Who has full marks, by nbgrader's own export."""
    measured([BIN / "nbgrader", "export", "--to", base / "marks.csv"], cwd=base)
    with (base / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["student_id"] in work]
    return [(row["student_id"], float(row["raw_score"]) == float(row["max_score"])) for row in rows]


def expect_told(way: str, told: list[tuple[str, bool]]) -> None:
    """Fail when a way of grading takes a wrong submission for a right one, or the reverse."""
    for student, passed in told:
        if passed != (int(student[-2:]) % 2 == 0):
            raise SystemExit(f"{way} is not a fair rival: {student} passed={passed}")
    if not told:
        raise SystemExit(f"{way} graded nobody")


def report(figures: dict[str, tuple[float, float]], count: int) -> None:
    """Print the figures as a table."""
    graded = count * len(STEPS)
    ours = figures["drycloud grade"]
    table = Table("", "CPU s per step", "wall s per step", "CPU, drycloud = 1", "wall, drycloud = 1", "sealed")
    for name, (cpu, wall) in figures.items():
        ratios = (f"{cpu / ours[0]:.1f}", f"{wall / ours[1]:.1f}")
        sealed = "yes" if name.startswith("drycloud") else "no"
        table.add_row(name, f"{cpu / graded:.2f}", f"{wall / graded:.2f}", *ratios, sealed)
    table.title = f"{count} students x {len(STEPS)} steps = {graded} graded steps"
    table.caption = f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}"
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
