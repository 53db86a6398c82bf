"""Source notebooks, releases, and that nothing leaks."""

import base64
import gzip
import io
import json
import zipfile
from pathlib import Path

import nbformat
import pytest
from classroom_toy import FILES, fresh, write_course
from msgspec import structs
from repository import ROOT

from drycloud import classroom
from drycloud.classroom.notebooks.sources import build
from drycloud.classroom.releases import packing
from drycloud.classroom.releases.leaks import find_leaks, refuse_leaks
from drycloud.classroom.releases.packing import release
from drycloud.classroom.releases.secrets import secrets_of
from drycloud.classroom.releases.wheel import build_wheel
from drycloud.course import load_course
from drycloud.errors import LeakError, UsageError

SOLUTION = "storage.create_bucket(Bucket=given.bucket)"
NOTE = "Ask the class why the name must be unique in the whole world before they start."
STUB = "import boto3\n\n# Make the bucket that is named given.bucket."


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def root(tmp_path, monkeypatch, wheel):
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    monkeypatch.setattr(packing, "build_wheel", lambda *_: wheel)
    return fresh(tmp_path)


@pytest.fixture(scope="module")
def secrets(tmp_path_factory):
    root = write_course(tmp_path_factory.mktemp("secrets"))
    return secrets_of(load_course(root))


def cells_of(path: Path, tag: str) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if tag in cell.metadata.tags]


def test_a_source_notebook_holds_all_of_a_step(tmp_path):
    """Text, notes, scene, solved task, checks, the summary, and one grade cell worth the step's points."""
    root = write_course(tmp_path)
    paths = build(load_course(root), "toy")
    assert [path.name for path in paths] == ["bucket.ipynb", "shell.ipynb"]
    notebook = nbformat.read(paths[0], as_version=4)
    assert [cell.id for cell in notebook.cells] == [
        "text-1",
        "notes-1",
        "scene",
        "task-1",
        "check-1",
        "terms",
        "summary",
        "grade",
    ]
    assert SOLUTION in cells_of(paths[0], "task")[0].source
    assert NOTE in cells_of(paths[0], "notes")[0].source
    graded = [cell.metadata.nbgrader for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert [(mark.grade_id, mark.points, mark.locked) for mark in graded] == [("grade", 3.5, False)]
    assert notebook.metadata.drycloud == {"step": "toy/bucket", "schema": 1}


def test_the_same_course_makes_the_same_notebooks(tmp_path):
    """Cell ids are given, not drawn: two builds are equal, byte for byte."""
    root = write_course(tmp_path)
    course = load_course(root)
    one, two = (build(structs.replace(course, build=tmp_path / name), "toy") for name in ("one", "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_the_release_holds_the_stubs(root):
    """The exercise's own stubs stand where the solutions stood, a shell's too; notes are gone; Python is the kernel."""
    released = root / "build" / "release" / "toy"
    assert cells_of(released / "bucket.ipynb", "task")[0].source == STUB
    assert cells_of(released / "shell.ipynb", "task")[0].source == (
        '%%bash\n# Make the bucket "$BUCKET" with the AWS CLI.'
    )
    assert not cells_of(released / "bucket.ipynb", "notes")
    notebook = nbformat.read(released / "bucket.ipynb", as_version=4)
    assert notebook.metadata.kernelspec.name == "python3"
    locked = [cell.id for cell in notebook.cells if cell.metadata.get("editable") is False]
    assert locked == ["scene", "check-1", "terms", "summary", "grade"]
    assert all("drycloud" not in cell.metadata for cell in notebook.cells)


def test_a_release_is_a_zip_for_those_without_a_hub(root):
    """It holds the notebooks, the engine's wheel and how to start; nothing in it leaks."""
    made = release(load_course(root), "toy")
    with zipfile.ZipFile(made.archive) as archive:
        names = sorted(archive.namelist())
        readme = archive.read("toy/README.md").decode()
    assert names == [
        "toy/README.md",
        "toy/botocore.py",
        "toy/bucket.ipynb",
        f"toy/{made.wheel.name}",
        "toy/shell.ipynb",
    ]
    assert made.wheel.name in readme
    assert "bucket.ipynb and shell.ipynb by 2027-02-07 23:59" in readme


def test_a_release_that_leaks_is_refused_and_withdrawn(root):
    """A solution left in the lesson's scene is found; neither notebooks nor zip stay."""
    (root / "exercises/toy/shell.py").write_text(
        FILES["exercises/toy/shell.py"].lstrip().replace("given = simulate(scene)", "given = simulate(scene)\nx = 1")
    )
    grader = root / "graders/toy/shell.py"
    leaky = root / "course.yml"
    original = leaky.read_text()
    leaky.write_text(original.replace("Two tiny steps", "See test_the_shell_made_it"))
    with pytest.raises(LeakError, match=r"toy/README\.md.*'test_the_shell_made_it'.*graders/toy/shell\.py"):
        release(load_course(root), "toy")
    assert grader.exists()
    assert not list((root / "build" / "release").rglob("*.*"))


def test_an_unknown_assignment_is_a_usage_error(root):
    """It is named, with those that there are."""
    with pytest.raises(UsageError, match=r"unknown assignment 'nope'.*toy"):
        release(load_course(root), "nope")


def test_what_is_released_as_it_should_be_holds_no_secret(root, wheel, secrets):
    """The check is quiet on a good release and on the engine's own wheel."""
    assert find_leaks([root / "build" / "release", wheel], secrets) == []


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def noted(**changes: object) -> bytes:
    cell = {"cell_type": "code", "metadata": {}, "source": [], "outputs": [], **changes}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


B64 = base64.encodebytes(f"# my notes\n{SOLUTION}\n".encode()).decode()
BROKEN_LINES = ["storage.create_bucket(\n", "    Bucket=given.bucket\n", ")\n"]


@pytest.mark.parametrize(
    "data",
    [
        SOLUTION.encode(),
        f"#   {SOLUTION.replace('(', '( ').upper()}".encode(),
        NOTE.encode(),
        b"def test_no_other_bucket_was_made():",
        b'"There are {n} buckets that nobody asked for." buckets that nobody asked for.',
        b"Only the one bucket was added to what was there.",
        b'assert after.bucket(given.BUCKET), "The bucket that was asked for is missing."',
        noted(source=BROKEN_LINES),
        noted(metadata={"drycloud": {"solution": SOLUTION}}),
        noted(outputs=[{"output_type": "stream", "name": "stdout", "text": [SOLUTION]}]),
        noted(outputs=[{"output_type": "display_data", "data": {"image/png": B64}}]),
        noted(attachments={"notes.bin": {"application/octet-stream": B64}}),
        zipped(inner=zipped(deep=SOLUTION.encode())),
        zipped(
            notebook=noted(attachments={"a": {"application/zip": base64.b64encode(zipped(x=NOTE.encode())).decode()}})
        ),
        gzip.compress(SOLUTION.encode(), mtime=0),
    ],
)
def test_a_secret_is_found_wherever_it_is(tmp_path, secrets, data):
    """In sources, metadata, outputs, attachments, archives in archives, in other spacing and case."""
    path = tmp_path / "released.bin"
    path.write_bytes(data)
    with pytest.raises(LeakError, match=r"released\.bin.*gives away"):
        refuse_leaks([tmp_path], secrets)


def test_a_file_named_after_a_hidden_check_is_found(tmp_path, secrets):
    """Names of files count as well."""
    (tmp_path / "test_no_other_bucket_was_made.txt").write_text("")
    assert find_leaks([tmp_path], secrets)


def test_a_grader_in_the_wheel_is_found(tmp_path, secrets):
    """One line in common with the engine is chance, a grader packed into it is not."""
    grader = FILES["graders/toy/bucket.py"].encode()
    (tmp_path / "drycloud-1-py3-none-any.whl").write_bytes(zipped(**{"graders/toy/bucket.py": grader}))
    assert find_leaks([tmp_path], secrets)
    (tmp_path / "drycloud-1-py3-none-any.whl").write_bytes(zipped(engine=SOLUTION.encode()))
    kinds = {leak.secret.kind for leak in find_leaks([tmp_path], secrets)}
    assert "line" not in kinds


def test_an_apis_boilerplate_in_the_wheel_is_chance(tmp_path):
    """What a solution has in common with any program is no leak in the engine, but is one in a notebook."""
    root = write_course(tmp_path / "course")
    solution = root / "solutions/toy/bucket.py"
    solution.write_text(solution.read_text() + "\nec2.run_instances(\n    MinCount=1,\n    MaxCount=1,\n)\n")
    grader = root / "graders/toy/bucket.py"
    grader.write_text(
        grader.read_text().replace("Only the one bucket was added to what was there", "The machine was lost")
    )
    secrets = secrets_of(load_course(root))
    engine = b"warm(\n  MinCount=1,\n  MaxCount=1,\n)\nraise KeyError('The machine was lost.')\n"
    (tmp_path / "released").mkdir()
    (tmp_path / "released/drycloud-1-py3-none-any.whl").write_bytes(zipped(engine=engine))
    assert find_leaks([tmp_path / "released"], secrets) == []
    (tmp_path / "released/bucket.ipynb").write_bytes(noted(source=engine.decode().splitlines(keepends=True)))
    shown = {leak.secret.shown for leak in find_leaks([tmp_path / "released"], secrets)}
    assert shown == {"MinCount=1, / MaxCount=1,", "The machine was lost."}


def test_an_archive_that_cannot_be_looked_through_is_refused(tmp_path, secrets):
    """What cannot be checked is not released."""
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(LeakError, match="cannot be searched"):
        find_leaks([tmp_path], secrets)


def test_what_students_get_anyway_is_no_secret(secrets):
    """Stubs, visible checks and imports are not searched for."""
    needles = [secret.needle for secret in secrets]
    assert "importboto3" not in needles
    assert not [n for n in needles if "testabucketisthere" in n.replace("_", "")]


def test_the_wheel_is_the_engine_and_nothing_of_the_course(wheel):
    """It holds drycloud with its data files, and no exercise, solution or grader."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"drycloud", "drycloud_guard.pth"}
    assert "drycloud/classroom/templates/report.html" in names


def test_every_function_of_the_room_stays_a_function():
    """Asked for twice, after all modules are loaded: no module has taken a function's name."""
    for name in classroom.__all__ * 2:
        assert callable(getattr(classroom, name)), name
