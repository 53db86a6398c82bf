"""Whatever is read gives a value or the one error that it may give: notebooks, .py files, course.yml, reports."""

import contextlib
import json
import math
import re
from pathlib import Path

import pytest
import yaml
from classroom_toy import FILES, write_course
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from msgspec import DecodeError, ValidationError
from repository import ROOT

from drycloud.course import Course, load_course
from drycloud.errors import CourseError, SubmissionError
from drycloud.notebook import Exercise, load_exercise, read_submission
from drycloud.notebook.exercise import percent_cells
from drycloud.notebook.percent import marked_cells
from drycloud.notebook.raw import MAX_CELLS
from drycloud.report import Bill, BillItem, Call, CheckResult, Report, Run, from_json, to_json


def bounded(examples: int) -> settings:
    """The same examples each time, so that a test fails for everybody or for nobody."""
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=examples, derandomize=True, database=None, deadline=None, suppress_health_check=checks)


def trees(leaves: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Lists and mappings of such leaves."""
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=8,
    )


texts = st.text(st.characters(codec="utf-8"), max_size=10)
finite = st.floats(allow_nan=False, allow_infinity=False)
sound = trees(st.none() | st.booleans() | st.integers(-(2**63), 2**63) | finite | texts)
half_characters = st.sampled_from(["\ud800", "a\udfff", "\ude00\ud83d"])
numbers = st.sampled_from([10**400, -(2**70), 1e308, math.inf, math.nan])
anything = trees(st.none() | st.booleans() | st.integers() | texts | half_characters | numbers)


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    root = write_course(tmp_path_factory.mktemp("course"))
    return load_exercise(root / "exercises/toy/bucket.py")


def cells_of(exercise: Exercise, tmp_path: Path, name: str, data: bytes) -> list[str]:
    """The cells of a submission, or none when it is refused in one line; anything else is raised."""
    path = tmp_path / name
    path.write_bytes(data)
    cells, refused = [], f"{name}: "
    try:
        cells = read_submission(path, exercise, "toy/bucket")
    except SubmissionError as error:
        refused = str(error)
    assert refused.startswith(f"{name}: ")
    assert "\n" not in refused
    assert "".join(cells).encode() is not None
    return cells


def a_notebook(exercise: Exercise) -> dict[str, object]:
    """The released notebook, as far as a submission is looked at."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"drycloud": {"step": "toy/bucket"}},
        "cells": [
            {
                "id": f"c{number}",
                "cell_type": "code" if cell.is_code else "markdown",
                "metadata": {"tags": [cell.role], "nbgrader": {"grade_id": f"{cell.role}-{number}"}},
                "source": cell.source.splitlines(keepends=True),
                "outputs": [],
            }
            for number, cell in enumerate(exercise.cells)
        ],
    }


@bounded(150)
@given(value=anything)
def test_any_json_is_a_notebook_or_refused(exercise: Exercise, tmp_path: Path, value: object) -> None:
    """Any JSON at all, half characters, huge and impossible numbers in it."""
    assert cells_of(exercise, tmp_path, "bucket.ipynb", json.dumps(value).encode()) == []
    notebook = {"nbformat": 4, "cells": value}
    cells_of(exercise, tmp_path, "bucket.ipynb", json.dumps(notebook).encode())


@bounded(50)
@given(data=st.binary(max_size=200), name=st.sampled_from(["bucket.ipynb", "bucket.py", "bucket.sh"]))
@example(b"[" * 200_000, "bucket.ipynb")
@example(b'{"nbformat": 4, "cells": ' + b"[" * 200_000, "bucket.ipynb")
@example(b'{"nbformat": 4, "metadata": ' + b'{"a": ' * 100_000 + b"1" + b"}" * 100_001, "bucket.ipynb")
@example(b'{"nbformat": ' + b"9" * 100_000 + b"}", "bucket.ipynb")
@example(b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "\\ud800"}]}', "bucket.ipynb")
@example(b"\xef\xbb\xbf# %%\n1", "bucket.py")
@example(b"# %%\n" * 2000, "bucket.py")
def test_any_bytes_are_a_submission_or_refused(exercise: Exercise, tmp_path: Path, data: bytes, name: str) -> None:
    """Any bytes under any name that counts, nested deeper than Python's stack among them."""
    cells_of(exercise, tmp_path, name, data)


@bounded(150)
@given(data=st.data())
def test_a_damaged_notebook_is_read_or_refused(exercise: Exercise, tmp_path: Path, data: st.DataObject) -> None:
    """The released notebook with parts replaced, doubled and taken away, and its text cut or overwritten."""
    notebook = a_notebook(exercise)
    for _ in range(data.draw(st.integers(1, 3))):
        place: object = notebook
        while isinstance(place, dict | list) and place:
            key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
            deed = data.draw(st.sampled_from(["deeper", "replace", "double", "remove"]))
            if deed == "double" and isinstance(place, list):
                place.insert(0, place[key])
            elif deed == "remove":
                del place[key]
            elif deed == "replace":
                place[key] = data.draw(anything)
            else:
                place = place[key]
                continue
            break
    text = json.dumps(notebook).encode()
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.binary(max_size=3)) + text[data.draw(st.integers(at, len(text))) :]
    cells_of(exercise, tmp_path, "bucket.ipynb", text)


@bounded(50)
@given(sources=st.lists(st.text(st.characters(codec="utf-8"), min_size=1), max_size=5), tags=sound, twice=st.booleans())
def test_what_the_student_wrote_is_kept_and_nothing_of_ours(
    exercise: Exercise, tmp_path: Path, sources: list[str], tags: object, twice: bool
) -> None:
    """The student's cells come out as they are, whatever their tags and ids; the locked ones, even doubled, do not."""
    assume(not isinstance(tags, list))  # a list may name a role
    notebook = a_notebook(exercise)
    own = [{"id": "c0", "cell_type": "code", "metadata": {"tags": tags}, "source": source} for source in sources]
    locked = [cell for cell in notebook["cells"] if cell["metadata"]["tags"] != ["task"]]
    notebook["cells"] = locked + own + (locked if twice else [])
    kept = cells_of(exercise, tmp_path, "bucket.ipynb", json.dumps(notebook).encode())
    assert kept == [source for source in sources if source.strip()]


HEADER = "# ---\n# jupyter:\n#   {}\n# ---\n"
marks = st.sampled_from(
    [
        "# %%",
        "# %% [markdown]",
        '# %% tags=["task"]',
        "# %% tags=1",
        '# %% tags=["task"',
        '# %% {"tags": {"a": null}}',
        '# %% language="bash"',
        "# %% language=",
        "# %%%",
        '# %% "',
        "# %% [[",
        "# %% id=1",
        '# %% cell_type="raw"',
        "# ---",
        "# jupyter: 3",
        "#   jupytext: 1",
        "# -*- coding: latin-1 -*-",
        "#!/bin/sh",
        "# + {}",
        "# {'a'}",
        '"""',
        "\t",
        "\x00",
        "\u2028",
        "\\",
        "%%bash",
        "%%html",
        "!ls",
        "# !ls",
        "x = 1",
        "",
        "",
    ]
)


@bounded(300)
@given(
    lines=st.lists(marks, max_size=10), header=st.sampled_from(["", "[", "a", "- x", "jupytext: 1", "kernelspec: 4"])
)
@example(["# %%", "1"], "jupytext:\n#     text_representation: 3")
@example(["# %%", "1"], "kernelspec:\n#     language: 5")
@example(["# %% tags=1", "1"], "")
def test_any_py_file_is_read_or_refused(exercise: Exercise, tmp_path: Path, lines: list[str], header: str) -> None:
    """Cell marks and headers of every wrong kind: whatever jupytext says to them."""
    text = (HEADER.format(header) if header else "") + "\n".join(lines)
    cells_of(exercise, tmp_path, "bucket.py", text.encode())


@pytest.mark.parametrize(
    "above",
    ["", HEADER.format("kernelspec: {}"), HEADER.format("["), "# -*- coding: latin-1 -*-\n\n", "#!/usr/bin/python\n"],
)
def test_a_header_is_no_cell(exercise: Exercise, tmp_path: Path, above: str) -> None:
    """What editors write above the first cell is left out and not read as YAML; code up there is the first cell."""
    assert cells_of(exercise, tmp_path, "bucket.py", f"{above}# %%\na = 1\n# %%\nb = 1\n".encode()) == [
        "a = 1",
        "b = 1",
    ]
    kept = cells_of(exercise, tmp_path, "bucket.py", f"{above}import os\n# %%\nb = 1\n".encode())
    assert kept[0].endswith("import os")
    assert kept[1:] == ["b = 1"]


@pytest.mark.parametrize("name", ["bucket.py", "bucket.ipynb"])
def test_too_many_cells_are_refused(exercise: Exercise, tmp_path: Path, name: str) -> None:
    """A thousand are read, one more is not: of a .py file the marks are counted, before each takes its time."""
    for number in (MAX_CELLS, MAX_CELLS + 1):
        cell = {"cell_type": "code", "source": "a = 1"}
        notebook = json.dumps({"nbformat": 4, "cells": [cell] * number})
        text = "# %%\na = 1\n" * number if name == "bucket.py" else notebook
        (tmp_path / name).write_text(text)
        if number > MAX_CELLS:
            with pytest.raises(SubmissionError, match="more than 1000 cells"):
                read_submission(tmp_path / name, exercise, "toy/bucket")
        else:
            assert read_submission(tmp_path / name, exercise, "toy/bucket") == ["a = 1"] * number


def read_by_jupytext(text: str) -> list[tuple[str, str, bool]]:
    return [(cell.role, cell.source.rstrip(), cell.may_fail) for cell in percent_cells(text)]


def read_by_us(text: str) -> list[tuple[str, str, bool]]:
    return [(cell.role, cell.source.rstrip(), cell.may_fail) for cell in marked_cells(text, "bucket.py")]


def test_the_files_of_the_course_are_read_as_jupytext_reads_them() -> None:
    """Every exercise and every solution that has marks."""
    texts = [path.read_text() for folder in ("exercises", "solutions") for path in (ROOT / folder).rglob("*.py")]
    marked = [text for text in texts if text.startswith("# %%")]
    assert len(marked) > 24
    for text in marked:
        assert read_by_us(text) == read_by_jupytext(text)


usual = st.sampled_from(
    [
        "# %%",
        "#%%",
        "  # %% a title",
        "# %%% [markdown]",
        '# %% [md] tags=["answer"]',
        '# %% a title [markdown] key="a=b" tags=["notes"]',
        '# %% tags=["task", "raises-exception"]',
        '# %% {"tags": ["check"]}',
        '# %% language="bash"',
        '# %% language="bash" magic_args="-e"',
        "# In[3]:",
        "# <codecell>",
        "# ```python",
        "# ~~~",
        "# ````",
        "# ```",
        '"""',
        "'''",
        'x = """',
        "# it's a text",
        "print('# %%')",
        "    # !ls \\",
        "# %time x = 1",
        "# %%bash",
        "# aws s3 ls",
        "# # ls",
        "# # +",
        "",
        " ",
    ]
)


@bounded(500)
@given(lines=st.lists(usual, max_size=12))
@example(["# %% [markdown]", "# ```", "# %%", "# ```", "# %%", "1"])
@example(["# %% [markdown]", "# ```", "# %%", "1"])
def test_cells_are_those_of_jupytext(lines: list[str]) -> None:
    """Marks of every form, strings and fences over them, magics: after a first mark."""
    text = "\n".join(["# %%", *lines])
    assert read_by_us(text) == read_by_jupytext(text)


LONG = {
    "other marks": ("# %%\n1\n" + "#%%\n1\n" * 300_000, "more than 1000 cells"),
    "marks of IPython": ("# %%\n1\n" + "# In[1]:\n1\n" * 300_000, "more than 1000 cells"),
    "options": ("# %% " + "a=b " * 10**6, "line 1: more than 2000 characters after '# %%'"),
    "options of many": (("# %% " + "a=b=" * 400 + "\n1\n") * 900, ""),
    "fences": ("# %% [markdown]\n" + "# ```a\n" * 500_000, ""),
    "fences that grow": ("# %% [markdown]\n" + "".join(f"# {'`' * n}a\n" for n in range(3, 2800)), ""),
}


@pytest.mark.parametrize(("text", "refused"), LONG.values(), ids=list(LONG))
def test_long_work_is_read_in_one_go(exercise: Exercise, tmp_path: Path, text: str, refused: str) -> None:
    """In a time that grows with the length: with its square, this test would not come to an end."""
    (tmp_path / "bucket.py").write_text(text)
    with pytest.raises(SubmissionError, match=re.escape(refused)) if refused else contextlib.nullcontext():
        read_submission(tmp_path / "bucket.py", exercise, "toy/bucket")


words = st.text(
    st.characters(codec="utf-8", exclude_characters="#%\"'\\!?\r\f\v", exclude_categories=["C", "Z"]), min_size=1
)


@bounded(50)
@given(sources=st.lists(words, max_size=6))
def test_percent_cells_are_what_stands_between_the_marks(sources: list[str]) -> None:
    """Each cell in order, with its text and its role."""
    text = "".join(f'# %% tags=["task"]\nx = [\n    {source}\n]\n\n' for source in sources)
    cells = percent_cells(text)
    assert [cell.source for cell in cells] == [f"x = [\n    {source}\n]" for source in sources]
    assert {cell.role for cell in cells} <= {"task"}


def settings_of(root: Path, text: str) -> Course | None:
    """The course, or None when it is refused with file and line; anything else is raised."""
    (root / "course.yml").write_bytes(text.encode("utf-8", "surrogatepass"))
    course, refused = None, None
    try:
        course = load_course(root)
    except CourseError as error:
        refused = error
    if course is None:
        assert refused
        assert refused.where == root / "course.yml"
        assert refused.line or "cannot be read" in refused.what  # what is no UTF-8 has no lines
        return None
    assert all(math.isfinite(value) for value in (course.limits.wall_seconds, course.late.grace_minutes))
    return course


@bounded(100)
@given(
    value=anything, key=st.sampled_from(["", "title", "assignments", "late", "limits", "services", "variants", "due"])
)
def test_any_yaml_is_a_course_or_refused_with_its_line(tmp_path: Path, value: object, key: str) -> None:
    """Any data as the whole of course.yml, or in the place of one of its fields."""
    course = yaml.safe_load(FILES["course.yml"])
    (course["assignments"][0] if key == "due" else course)[key] = value
    for tree in [course] if key else [value, [value], course]:
        settings_of(tmp_path, yaml.safe_dump(tree))


pieces = st.sampled_from(
    [
        "? [a]\n: b",
        "? {a: b}\n: c",
        "&a",
        "*a",
        "<<: *a",
        "!!set {a}",
        "!!bool x",
        "!!binary x",
        "!!timestamp x",
        "!!int []",
        "!!python/object:os.system x",
        "!foo x",
        "2020-99-99",
        "2027-02-07",
        ".nan",
        ".inf",
        "1e999",
        "9" * 5000,
        "1:20",
        '"\\ud800"',
        '"\\x00"',
        "\x00",
        "\t",
        "null",
        "true",
        "- ",
        "[",
        "{",
        "---",
        "...",
        "%YAML 9",
        "'",
        '"',
        "\ud800",
    ]
)


@bounded(150)
@given(data=st.data())
@example(None)
def test_a_damaged_course_yml_is_refused_with_its_line(tmp_path: Path, data: st.DataObject | None) -> None:
    """course.yml with words replaced by what YAML makes something else of; one that holds itself; one too deep."""
    if data is None:
        assert settings_of(tmp_path, "title: &a [*a]\n") is None
        assert settings_of(tmp_path, "title: " + "[" * 5000) is None
        assert settings_of(tmp_path, "title: " + "[" * 2000 + "]" * 2000) is None
        assert settings_of(tmp_path, FILES["course.yml"] + "limits: {wall_seconds: .inf}\n") is None
        return
    parts = FILES["course.yml"].split(" ")
    for _ in range(data.draw(st.integers(1, 2))):
        parts[data.draw(st.integers(0, len(parts) - 1))] = data.draw(pieces)
    settings_of(tmp_path, " ".join(parts))


points = st.floats(0, 100)
reports = st.builds(
    Report,
    student=texts,
    assignment=texts,
    step=texts,
    status=st.sampled_from(["graded", "needs_grading"]),
    score=points,
    points=points,
    run=st.builds(Run, message=texts, seconds=points, stdout=texts, stderr=texts),
    checks=st.lists(
        st.builds(
            CheckResult, texts, texts, st.booleans(), st.sampled_from(["passed", "broke"]), points, points, texts
        ),
        max_size=3,
    ),
    trail=st.lists(
        st.builds(Call, points, texts, texts, texts, st.dictionaries(texts, sound, max_size=3), st.none() | texts),
        max_size=3,
    ),
    bill=st.builds(Bill, points, st.lists(st.builds(BillItem, texts, points, texts, points), max_size=2)),
)


@bounded(100)
@given(some=st.lists(reports, max_size=2))
def test_a_report_comes_back_from_json(some: list[Report]) -> None:
    """A report written as JSON and read again is the same, and so is a settled one settled again."""
    assert from_json(b"".join(to_json(some))) == some
    for report in some:
        assert report.settled().settled() == report.settled()


@bounded(50)
@given(report=reports, value=anything)
def test_json_that_is_no_report_is_refused(report: Report, value: object) -> None:
    """Any other JSON; one unknown field or another schema is enough."""
    assume(value != [])
    with pytest.raises(DecodeError):
        from_json(json.dumps(value).encode())
    (tree,) = json.loads(b"".join(to_json([report])))
    with pytest.raises(ValidationError):
        from_json(json.dumps([{**tree, "grade": None}]).encode())
    with pytest.raises(ValidationError):
        from_json(json.dumps([{**tree, "schema": 2}]).encode())
