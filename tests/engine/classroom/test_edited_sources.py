"""Source notebooks that an instructor edited are not lost: kept by grading, refused by build and release, and told."""

import json
import sys
from pathlib import Path

import nbformat
import pytest
from classroom_toy import by_name, fresh, hand_in, report

from drycloud.classroom.gradebook.marks import marks, record, register
from drycloud.classroom.notebooks.sources import build, edited_in
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.cli.main import main
from drycloud.course import load_course
from drycloud.errors import UsageError


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "no-config"))
    root = fresh(tmp_path)
    monkeypatch.chdir(root)
    return root


def source(root: Path, step: str = "bucket") -> Path:
    return root / f"build/source/toy/{step}.ipynb"


def edit(path: Path) -> None:
    """A sentence more in the lesson, as from Jupyter."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n\nOur own words."
    nbformat.write(notebook, path)


def refused(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *words: str) -> str:
    monkeypatch.setattr(sys, "argv", ["drycloud", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capfd.readouterr()
    assert (ended.value.code, out) == (2, "")
    (line,) = err.splitlines()
    return line


@pytest.mark.parametrize("command", ["build", "release"])
def test_an_edited_notebook_is_refused(root, command, monkeypatch, capfd):
    """The line names it, and both ways to go on; it is as it was edited."""
    edit(source(root))
    edit(source(root, "shell"))
    before = source(root).read_bytes()
    line = refused(monkeypatch, capfd, command, "toy")
    assert line == (
        f"drycloud: {source(root)}: was edited since drycloud wrote it, as were 1 more — make the change in "
        "exercises/toy/bucket.py, or use --replace to overwrite the notebook"
    )
    assert source(root).read_bytes() == before


def test_it_is_replaced_when_that_is_said(root, monkeypatch):
    """`--replace` writes what the exercise says; after that nothing is edited any more."""
    edit(source(root))
    monkeypatch.setattr(sys, "argv", ["drycloud", "build", "toy", "--replace"])
    main()
    assert "Our own words" not in source(root).read_text()
    assert edited_in(load_course(root), "toy") == []
    build(load_course(root), "toy")


def test_grading_keeps_it(root):
    """The class is graded all the same, and the release has the edited text."""
    edit(source(root))
    for step in ("bucket", "shell"):
        hand_in(root, "ann", step, "pass")
    course = load_course(root)
    found = submissions_in(root / "build/submitted", course, course.assignment("toy"))
    assert record(course, "toy", found, by_name([report("ann", "bucket", 1), report("ann", "shell", 1)])) == []
    assert "Our own words" in source(root).read_text()
    assert "Our own words" in (root / "build/release/toy/bucket.ipynb").read_text()
    assert edited_in(load_course(root), "toy") == [source(root)]
    assert [mark.score for mark in marks(course, "toy")] == [2]


def test_running_a_cell_is_no_edit(root):
    """Opened in Jupyter, run and saved: outputs and another layout of the file are nobody's work."""
    notebook = nbformat.read(source(root), as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 7
            cell.outputs = [nbformat.v4.new_output("stream", text="hello")]
    notebook.metadata["kernelspec"] = {"display_name": "x", "language": "python", "name": "python3"}
    source(root).write_text(json.dumps(notebook))
    assert edited_in(load_course(root), "toy") == []
    register(load_course(root), "toy")


def test_what_is_not_ours_is_not_deleted(root):
    """A picture beside the notebooks stays; a notebook of no step is named; one of a former step is removed."""
    (source(root).parent / "picture.png").write_bytes(b"PNG")
    course = load_course(root)
    build(course, "toy")
    assert (source(root).parent / "picture.png").exists()
    own = source(root, "my-notes")
    own.write_bytes(source(root).read_bytes())
    with pytest.raises(UsageError, match=r"my-notes.ipynb: belongs to no step of toy — move it away"):
        build(course, "toy", "replace")
    assert own.exists()
    own.unlink()
    text = (root / "course.yml").read_text().replace("      - {name: shell, minutes: 5}\n", "")
    (root / "course.yml").write_text(text)
    build(load_course(root), "toy")
    assert not source(root, "shell").exists()


def test_a_changed_exercise_is_no_edit(root):
    """What drycloud wrote is written anew without a word."""
    exercise = root / "exercises/toy/bucket.py"
    exercise.write_text(exercise.read_text().replace("# # A bucket", "# # Another title"))
    build(load_course(root), "toy")
    assert "Another title" in source(root).read_text()


def test_a_build_folder_from_elsewhere(root):
    """Where nothing is noted, a notebook that differs may be edited, and one that is the same is not."""
    (root / "build/written/toy.json").unlink()
    build(load_course(root), "toy")
    (root / "build/written/toy.json").unlink()
    edit(source(root))
    with pytest.raises(UsageError, match="was edited"):
        build(load_course(root), "toy")
