"""Whose a cell is: code is the student's wherever it stands, and what is not run is told where it may be work."""

import json
from pathlib import Path

import pytest
from classroom_toy import write_course
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drycloud.errors import SubmissionError
from drycloud.grading.checker import Verdict
from drycloud.grading.merge import merge, refuse
from drycloud.grading.notes import annotated
from drycloud.grading.stage import StageResult
from drycloud.grading.suite import load_suite
from drycloud.notebook import Exercise, load_exercise, read_own, read_submission
from drycloud.notebook.files import MAX_BYTES, kind_of
from drycloud.notebook.own import (
    DUPLICATE,
    RAN,
    SETS_GIVEN,
    TEXT_IS_CODE,
    TEXT_NOT_RUN,
    TEXT_RUN,
    Found,
    Own,
    own_cells,
)
from drycloud.notebook.raw import MAX_CELLS, parse_notebook
from drycloud.report import Report, Run

WORK = 'import boto3\nboto3.client("s3").create_bucket(Bucket=given.bucket)'
SCENE_RAN, CHECK_RAN = RAN.format("The scene cell"), RAN.format("A check cell")


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    root = write_course(tmp_path_factory.mktemp("course"))
    return load_exercise(root / "exercises/toy/bucket.py")


def cell(role: str, source: str, kind: str = "code", *, bare: bool = False) -> dict[str, object]:
    """A cell of a notebook; `bare` is one that lost its metadata."""
    metadata = {} if bare else {"tags": [role], "nbgrader": {"grade_id": f"{role}-1"}}
    return {"cell_type": kind, "metadata": metadata, "source": source}


def read(tmp_path: Path, exercise: Exercise, *cells: dict[str, object]) -> Own:
    path = tmp_path / "bucket.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "metadata": {}, "cells": list(cells)}))
    return read_own(path, exercise, "toy/bucket")


def sources(own: Own) -> list[str]:
    return [cell.source for cell in own.cells]


def parts(exercise: Exercise) -> tuple[str, str, str]:
    """Scene, stub and check as they were released."""
    return tuple(exercise.sources(role)[0] for role in ("scene", "task", "check"))


def test_a_solution_in_a_cell_of_ours_is_run_and_told(tmp_path, exercise):
    """Below the scene, above the checks, or all in one cell: it is the student's own."""
    scene, stub, check = parts(exercise)
    below = read(tmp_path, exercise, cell("scene", f"{scene}\n\n{WORK}"), cell("task", stub), cell("check", check))
    assert (sources(below), below.notes, below.unread) == ([f"{scene}\n\n{WORK}", stub], [SCENE_RAN], [])
    above = read(tmp_path, exercise, cell("scene", scene), cell("task", stub), cell("check", f"{WORK}\n{check}"))
    assert (sources(above), above.notes) == ([stub, f"{WORK}\n{check}"], [CHECK_RAN])
    merged = read(tmp_path, exercise, cell("scene", f"{scene}\n{WORK}\n{check}"))
    assert (sources(merged), merged.notes) == ([f"{scene}\n{WORK}\n{check}"], [SCENE_RAN])
    assert all(own.has_work(exercise) for own in (below, above, merged))


SETTING = [
    "given = {'bucket': 'x'}",
    "given.bucket = 'x'",
    "given['a'] = 1",
    "given: dict = {}",
    "class given:\n    bucket = 'x'",
    "import types as given",
    "for given in [1]: pass",
    "a, given = 1, 2",
    "print(given := 1)",
]


@pytest.mark.parametrize("line", SETTING)
def test_a_scene_that_sets_other_values_is_not_run(tmp_path, exercise, line):
    """The work beside it is graded in our world; unless that earns all, a teacher looks at the cell."""
    scene, _, check = parts(exercise)
    own = read(tmp_path, exercise, cell("scene", f"{scene}\n{line}"), cell("task", WORK), cell("check", check))
    assert (sources(own), own.notes, own.unread) == ([WORK], [], [SETS_GIVEN.format("The scene cell")])


@pytest.mark.parametrize(
    "line", ["print(given, sep='=')", "given == 1", "x = given.bucket", "given = simulate(scene) # 1"]
)
def test_a_scene_that_only_uses_the_values_is_run(tmp_path, exercise, line):
    """What a student adds to look at them."""
    scene, stub, _ = parts(exercise)
    own = read(tmp_path, exercise, cell("scene", f"{scene}\n{line}"), cell("task", stub))
    assert (sources(own), own.notes, own.unread) == ([f"{scene}\n{line}", stub], [SCENE_RAN], [])


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("text", [WORK, f"```python\n{WORK}\n```", f"My solution:\n\n```\n{WORK}\n```\nDone."])
def test_a_task_cell_that_became_text_is_run(tmp_path, exercise, kind, text):
    """What stands between fences, where there are any."""
    scene, _, check = parts(exercise)
    own = read(tmp_path, exercise, cell("scene", scene), cell("task", text, kind), cell("check", check))
    assert (sources(own), own.notes, own.unread) == ([WORK], [TEXT_RUN], [])


def test_a_task_cell_that_became_text_beside_other_code_waits(tmp_path, exercise):
    """It may be an attempt that was put aside, so it is not run; and it may be the work, so it is told."""
    own = read(tmp_path, exercise, cell("task", "print(0)", "raw"), cell("own", WORK))
    assert (sources(own), own.notes, own.unread) == ([WORK], [], [TEXT_NOT_RUN])


def test_code_in_a_text_cell_of_ones_own_waits_where_there_is_no_other(tmp_path, exercise):
    """Pasted into the lesson, or turned into text by a tool that dropped the cell's metadata."""
    scene, stub, check = parts(exercise)
    rest = [cell("scene", scene), cell("task", stub), cell("check", check)]
    lesson = exercise.cells[0].source
    for text in (
        cell("text", WORK, "markdown"),
        cell("text", WORK, "raw", bare=True),
        cell("text", f"{lesson}\n{WORK}", "raw"),
    ):
        own = read(tmp_path, exercise, text, *rest)
        assert (sources(own), own.unread) == ([stub], [TEXT_IS_CODE])
        assert own.has_work(exercise)
    for text in (cell("text", lesson, "markdown"), cell("text", "I did not get it, sorry.", "markdown")):
        own = read(tmp_path, exercise, text, *rest)
        assert (own.unread, own.has_work(exercise)) == ([], False)
    rest[1] = cell("task", WORK)
    own = read(tmp_path, exercise, cell("text", "Here `x = 1`:\nx = 1", "markdown"), *rest)
    assert (own.notes, own.unread) == ([TEXT_IS_CODE], [])


def test_a_copy_of_the_task_cell_is_run_once(tmp_path, exercise):
    """Copied with its metadata or without; where the two differ, both are run, as in Jupyter."""
    for bare in (False, True):
        own = read(tmp_path, exercise, cell("task", WORK), cell("task", f"{WORK}\n", bare=bare))
        assert (sources(own), own.notes) == ([WORK], [DUPLICATE])
    assert sources(read(tmp_path, exercise, cell("task", "x = 1"), cell("task", WORK))) == ["x = 1", WORK]


def test_cells_without_metadata_are_told_apart_by_what_stands_in_them(tmp_path, exercise):
    """As Colab and Kaggle leave them: ours are left out, also with other line ends, and a split cell is run."""
    scene, _, check = parts(exercise)
    first, second = WORK.split("\n")
    cells = [cell("x", source, bare=True) for source in (scene.replace("\n", "\r\n"), first, second, check)]
    own = read(tmp_path, exercise, *cells)
    assert (sources(own), own.notes, own.unread) == ([first, second], [], [])


def test_a_notebook_of_an_old_format_is_read(tmp_path, exercise):
    """nbformat 3 keeps its cells in worksheets, and the source of code as input."""
    scene, _, check = parts(exercise)
    code = [{"cell_type": "code", "language": "python", "input": s, "outputs": []} for s in (scene, WORK, check)]
    heading = {"cell_type": "heading", "level": 1, "source": ["A ", "bucket"], "metadata": {}}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [heading, *code]}]}
    (tmp_path / "bucket.ipynb").write_text(json.dumps(old))
    assert read_submission(tmp_path / "bucket.ipynb", exercise, "toy/bucket") == [WORK]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["bucket.ipynb", "bucket.ipynb.txt", "Bucket (1).IPYNB", "bucket.py", "bucket.py.txt"])
def test_a_byte_order_mark_and_a_second_suffix_do_no_harm(tmp_path, exercise, encoding, name):
    """What Notepad and PowerShell save, and what browsers make of a name."""
    notebook = json.dumps({"nbformat": 4, "cells": [cell("task", WORK)]})
    text = notebook if "ipynb" in name.lower() else WORK
    (tmp_path / name).write_bytes(text.encode(encoding))
    assert read_submission(tmp_path / name, exercise, "toy/bucket") == [WORK]


@pytest.mark.parametrize("name", ["bucket.ipynb", "bucket.py", "bucket.sh"])
@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_an_empty_file_is_called_empty(tmp_path, exercise, name, data):
    """And not damaged, or code that does nothing."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SubmissionError, match=f"{name}: the file is empty; save your work and submit again"):
        read_submission(tmp_path / name, exercise, "toy/bucket")


def test_outputs_do_not_count_against_the_size(tmp_path, exercise):
    """Pictures in outputs and attachments, and the state of widgets; sources count as before."""
    large = "x" * (2 * MAX_BYTES)
    full = cell("task", WORK) | {"outputs": [{"data": {"image/png": large}}], "attachments": {"a.png": large}}
    notebook = {"nbformat": 4, "metadata": {"widgets": large, "drycloud": {"step": "toy/bucket"}}, "cells": [full]}
    path = tmp_path / "bucket.ipynb"
    path.write_text(json.dumps(notebook))
    assert read_submission(path, exercise, "toy/bucket") == [WORK]
    for sizes in ([2 * MAX_BYTES], [MAX_BYTES // 2] * 3):
        path.write_text(json.dumps({"nbformat": 4, "cells": [cell("task", "#" * size) for size in sizes]}))
        with pytest.raises(SubmissionError, match="more than 4 MiB without its outputs"):
            read_submission(path, exercise, "toy/bucket")


@pytest.mark.parametrize(
    "text",
    [
        b'{"nbformat":4,"cells":[' + b'{"cell\\u005ftype":"code"},' * MAX_CELLS + b'{"cell_type":"code"}]}',
        b'{"nbformat":3,"worksheets":[' + b'{"cells":[{"cell_type":"code"}]},' * MAX_CELLS
        + b'{"cells":[{"cell_type":"code"}]}]}',
    ],
)  # fmt: skip
def test_cells_are_counted_while_they_are_read(text):
    """However they are spelled, and in however many worksheets they lie."""
    with pytest.raises(SubmissionError, match="more than 1000 cells"):
        parse_notebook(text, "x.ipynb")


def test_a_thousand_cells_are_gone_through_once(exercise):
    """As many as there may be, of as many lines: no cell is compared with every other one."""
    counted = [0]

    class Source(str):
        def split(self, *words):
            counted[0] += 1
            return super().split(*words)

    cells = [Found("task", Source(f"x = {number}\n" * 100)) for number in range(MAX_CELLS)]
    assert len(own_cells(cells, exercise).cells) == MAX_CELLS
    assert counted[0] < 10 * MAX_CELLS


words = st.text(st.characters(codec="utf-8"), max_size=20)


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(
    name=words, kind=st.sampled_from(["ipynb", "py", "sh"]), more=st.sampled_from(["", ".txt", ".json", " (1)", "~"])
)
def test_the_kind_of_a_file_is_told_by_the_last_known_suffix(name, kind, more):
    """Whatever stands before it and behind it."""
    assert kind_of(f"{name}.{kind}{more}") == f".{kind}"
    assert kind_of(f"{name}.{kind.upper()}{more}") == f".{kind}"
    assert kind_of(name) in ("", ".ipynb", ".py", ".sh")


@settings(max_examples=100, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_line_of_code_is_run_or_told(exercise, tmp_path, data):
    """A line of work in any cell of any kind: it is among what is run, or the report tells that something is not."""
    scene, stub, check = parts(exercise)
    kinds = st.sampled_from(["code", "code", "markdown", "raw"])
    cells = []
    for role, source in [("scene", scene), ("task", stub), ("check", check)]:
        for _ in range(data.draw(st.integers(0, 2))):
            added = data.draw(st.sampled_from(["", WORK, f"```\n{WORK}\n```", "given = 1"]))
            text = data.draw(st.sampled_from([source, added, f"{source}\n{added}", f"{added}\n{source}"]))
            cells.append(cell(role, text, data.draw(kinds), bare=data.draw(st.booleans())))
    own = read(tmp_path, exercise, *data.draw(st.permutations(cells)))
    has_work = any("create_bucket" in str(one["source"]) for one in cells)
    assert not has_work or "create_bucket" in "".join(sources(own)) or own.unread or TEXT_IS_CODE in own.notes
    assert has_work or any("given = 1" in str(one["source"]) for one in cells) or not own.has_work(exercise)


def report(exercise: Exercise, *outcomes: str) -> Report:
    suite = load_suite(exercise, exercise.path.parents[2] / "graders/toy/bucket.py")
    names = ("ann", "toy", "bucket")
    if not outcomes:
        return refuse(names, suite, "nothing", "not_handed_in")
    verdicts = [Verdict(spec.name, outcome) for spec, outcome in zip(suite.checks, outcomes, strict=True)]
    return merge(names, suite, [StageResult(Run(), verdicts)])


def test_what_was_not_run_makes_a_step_wait_unless_it_earned_all(exercise):
    """A teacher cannot add to full marks; the lines stand in the report in any case."""
    full = annotated(report(exercise, "passed", "passed"), ["how"], ["what"])
    assert (full.status, full.is_checked, full.notes, full.unread) == ("graded", True, ["how", "what"], [])
    for some in (report(exercise, "passed", "failed"), report(exercise)):
        waits = annotated(some, ["how"], ["what"])
        assert (waits.status, waits.is_checked, waits.notes, waits.unread) == (
            "needs_grading",
            False,
            ["how"],
            ["what"],
        )
        assert annotated(some, ["how"], []).is_checked
