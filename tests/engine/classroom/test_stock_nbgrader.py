"""What we mend in nbgrader is still wrong there: a test that fails here says that a patch can go."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

# Each fault has a course of its own, which is the working directory.
RUN = """
import json, os, sys, traceback
from pathlib import Path
from traitlets.config import Config
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter
def hand_in(student, file, text="", folder="toy"):
    place = Path("submitted", student, folder)
    place.mkdir(parents=True, exist_ok=True)
    (place / file).write_text(text)
    return place
def fails(call):
    try:
        call()
    except Exception:
        return
    raise AssertionError("it does not fail")
found = {}
for name, text in json.load(sys.stdin).items():
    os.makedirs(name)
    os.chdir(name)
    config = Config()
    config.CourseDirectory.root = os.getcwd()
    config.CourseDirectory.assignment_id = "toy"
    course = CourseDirectory(config=config)
    try:
        exec(text, dict(globals(), course=course, config=config))
        found[name] = ""
    except Exception:
        found[name] = traceback.format_exc()
    os.chdir("..")
print(json.dumps(found))
"""
FAULTS = {
    "turns": """
class Inner(BaseConverter):
    done = False
    def init_notebooks(self): pass
    def convert_notebooks(self): Inner.done = True
class Outer(Inner):
    def convert_notebooks(self):
        Inner(coursedir=course, config=config).start()
        assert Inner.done
Outer(coursedir=course, config=config).start()
assert not any(path.is_file() for path in Path.cwd().rglob("*lock*"))
""",
    "times": """
place = hand_in("ann", "timestamp.txt", "soon")
fails(lambda: course.get_existing_timestamp(str(place)))
""",
    "listed times": """
hand_in("ann", "timestamp.txt", "soon")
fails(lambda: NbGraderAPI(config=config).get_submitted_timestamp("toy", "ann"))
""",
    "students": """
hand_in("ann", "bucket.ipynb", "{}")
hand_in("ben", "bucket.ipynb", "{}", folder="Toy of mine")
assert NbGraderAPI(config=config).get_submitted_students("toy") == {"ann"}
""",
    "steps": """
hand_in("ann", "bucket.ipynb", "{}")
hand_in("ben", "bucket.py", "x = 1")
Path("submitted", "cleo", "toy").mkdir(parents=True)
converter = Autograde(coursedir=course, config=config)
converter.init_notebooks()
assert list(converter.assignments) == [str(Path("submitted/ann/toy").resolve())]
""",
}


@pytest.fixture(scope="module")
def missing(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of each fault what is otherwise in nbgrader as it comes, or nothing."""
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps(FAULTS),
        cwd=tmp_path_factory.mktemp("stock"),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("fault", FAULTS)
def test_the_fault_is_there(fault: str, missing: dict[str, str]) -> None:
    """Asked of nbgrader as it comes, in an empty course."""
    assert not missing[fault], missing[fault]


OPENED = """
import json, os, sys
from pathlib import Path
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import MetadataValidator
import nbformat
from nbformat.v4 import new_code_cell, new_notebook
os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # nbgrader calls alembic by name
if sys.argv[1] == "quick":
    from drycloud.classroom.adapter.quicker import quicken_nbgrader
    quicken_nbgrader()
seen = []
for number in range(3):
    with Gradebook(f"sqlite:///{sys.argv[2]}") as gradebook:
        gradebook.update_or_create_assignment("toy")
        gradebook.update_or_create_student(f"student-{number}")
        gradebook.update_or_create_notebook(f"step-{number}", "toy")
        seen.append([[one.id for one in gradebook.students], [one.name for one in gradebook.assignments]])
        seen.append([one.name for one in gradebook.find_assignment("toy").notebooks])
flags = {"grade": True, "solution": False, "locked": True, "task": False}
sound = {"schema_version": 3, "grade_id": "one", "points": 2, **flags}
for about in (sound, {**sound, "points": "two"}, {**sound, "grade_id": "a b"}, {"grade": True}):
    cell = new_code_cell("text", metadata={"nbgrader": about})
    try:
        MetadataValidator().validate_nb(new_notebook(cells=[cell]))
        seen.append("sound")
    except Exception as error:
        seen.append(f"{type(error).__name__}: {error}")
print(json.dumps(seen))
"""


def test_a_quick_gradebook_is_the_same(tmp_path: Path) -> None:
    """Opened several times it holds the same, and the same metadata are refused, in the same words."""
    quick, plain = (
        subprocess.run(
            [sys.executable, "-c", OPENED, how, str(tmp_path / f"{how}.db")], capture_output=True, text=True, check=True
        ).stdout
        for how in ("quick", "plain")
    )
    assert quick == plain
    assert "student-2" in quick
    assert "sound" in quick
    assert "Error" in quick
