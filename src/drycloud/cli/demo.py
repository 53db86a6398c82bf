"""`drycloud demo`: the whole loop on a sample class, from release to feedback, below build/demo."""

import json
import os
import shutil
import tempfile
from pathlib import Path

import msgspec
from rich.console import Console

from drycloud.course import Course, load_course
from drycloud.course.tree import BUILD_VARIABLE
from drycloud.errors import UsageError
from drycloud.notebook import load_exercise, load_solution

_out = Console(highlight=False, soft_wrap=True)

ASSIGNMENT = "02_ec2"
_SNOOP = """
import os, socket
print([name for name in ("graders", "solutions", "gradebook.db") if os.path.exists(name)], os.listdir("/"))
try:
    socket.create_connection(("192.0.2.1", 443), 2)
except OSError as error:
    print("no way out:", error)
open("graders/02_ec2/terminate.py").read()
"""

# What each student hands in: None is right work, "stub" the untouched notebook, other text goes into each task cell.
STUDENTS: dict[str, str | None] = {
    "Ada": None,
    "Søren": "half",
    "Ольга": "other",
    "美咲": "stub",
    "José": "def launch(:\n    pass",
    "أمينة": "while True:\n    pass",
    "Νίκος": "import os\nos._exit(0)",
    "שרה": "hoard = []\nwhile True:\n    hoard.append(bytearray(10**7))",
    "आरव": "damaged",
    "Mallory": _SNOOP,
}


def run_demo(course: Course) -> None:
    """Release, hand in, collect, grade and release feedback; the checkout is not changed."""
    course.assignment(ASSIGNMENT)
    os.environ.setdefault(BUILD_VARIABLE, str(course.build / "demo"))  # nbgrader's parts load the course themselves
    course = load_course(course.root)
    place = course.build
    if place.exists() and not (place / "course_secret").exists() and any(place.iterdir()):
        raise UsageError("not empty, and not a demo's folder", where=place, hint="name another in DRYCLOUD_BUILD")
    shutil.rmtree(place, ignore_errors=True)
    limits = msgspec.structs.replace(course.limits, wall_seconds=20, cpu_seconds=2, memory_mib=512)
    quick = msgspec.structs.replace(course, limits=limits)
    _hand_in(quick)
    from drycloud.cli.grade import grade_class

    _out.print("Grading …")
    grade_class(quick, quick.assignment(ASSIGNMENT), place / "submitted", None, as_json=False)
    _out.print(f"Look at the feedback: {place / 'feedback'}", markup=False)


def _hand_in(course: Course) -> None:
    """Release the assignment, and let each student submit through nbgrader's exchange."""
    from drycloud import classroom

    _out.print(f"Releasing {ASSIGNMENT} …")
    made = classroom.release(course, ASSIGNMENT)
    classroom.publish(course, ASSIGNMENT)
    with tempfile.TemporaryDirectory(prefix="drycloud-demo-") as desk:
        for student, work in STUDENTS.items():
            folder = Path(desk) / student / ASSIGNMENT
            folder.mkdir(parents=True)
            for notebook in made.notebooks:
                _work_on(course, notebook, folder, work)
            classroom.submit_as(course, ASSIGNMENT, student, folder)
    _out.print(f"{len(STUDENTS)} students have handed in; collecting …")
    for problem in classroom.collect(course, ASSIGNMENT):
        _out.print(problem, markup=False)


def _work_on(course: Course, released: Path, folder: Path, work: str | None) -> None:
    """Write what a student makes from one released notebook."""
    if work == "damaged":
        (folder / released.name).write_text(released.read_text(encoding="utf-8")[:500], encoding="utf-8")
        return
    samples = course.files_of(ASSIGNMENT, released.stem).samples
    if work == "other":
        sample = sorted((samples / "right").glob("*.py"))[-1]
        shutil.copy(sample, folder / f"{released.stem}.py")
        return
    notebook = json.loads(released.read_text(encoding="utf-8"))
    tasks = [cell for cell in notebook["cells"] if "task" in cell["metadata"].get("tags", [])]
    for number, cell in enumerate(tasks):
        cell["source"] = _source(course, released.stem, work, number, cell["source"])
    (folder / released.name).write_text(json.dumps(notebook), encoding="utf-8")


def _source(course: Course, step: str, work: str | None, number: int, stub: str) -> str:
    if work == "stub":
        return stub
    files = course.files_of(ASSIGNMENT, step)
    if work == "half":
        return sorted((files.samples / "wrong").glob("*.py"))[-1].read_text(encoding="utf-8")
    return work or load_solution(files.solution, load_exercise(files.exercise))[number]
