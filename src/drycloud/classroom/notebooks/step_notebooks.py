"""A step as a notebook with nbgrader's metadata: the instructor's source, or a student's notebook, rebuilt."""

from collections.abc import Iterator
from typing import Any

import nbformat
from nbformat import NotebookNode, from_dict

from drycloud.notebook import Cell, Exercise
from drycloud.notebook.cells import GRADE_TEXT, summary_source
from drycloud.report import Frozen, answer_name

SCHEMA = 1
GRADE_ID = "grade"
# nbgrader notes the source notebook's kernel in its gradebook and has a stock `nbgrader autograde` use it. No
# machine has this one: without our configuration no student's code is run outside of the sandbox.
NO_KERNEL = {
    "display_name": "None: drycloud grades in its sandbox",
    "language": "python",
    "name": "drycloud-sandbox-only",
}
PYTHON_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "name": "python",
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "pygments_lexer": "ipython3",
}
_FOLDED = ("scene", "check", "summary")  # cells that a student runs but need not read


class StepPoints(Frozen, frozen=True):
    """The points of a step, for each cell that has a mark, by its name, and what students are shown of it.

    `visible` are the points of the checks that students see, `hidden` counts the checks that they do not see. `seconds`
    and `processes` are limits of a run, against which practice warns.
    """

    marks: dict[str, float]
    points: float
    visible: float
    hidden: int
    seconds: float = 0
    processes: int = 0


class Written(Frozen, frozen=True):
    """What stands in the task and answer cells of a notebook, in order: our solution, or what a student wrote."""

    tasks: list[str]
    answers: list[str]


def source_notebook(
    exercise: Exercise, solution: Written, points: StepPoints, step: str, terms: str = ""
) -> NotebookNode:
    """The instructor's notebook: solved tasks and answers, each with its stub in its metadata, and the notes.

    `terms` says how work is run in grading; a step without a task needs none.
    """
    cells = _cells(exercise, solution, points)
    for role in ("task", "answer"):
        for cell, stub in zip(_tagged(cells, role), exercise.sources(role), strict=True):
            cell.metadata["drycloud"] = {"stub": stub}
    if terms and exercise.sources("task"):
        cells.insert(-2, _markdown(terms, "terms", ["terms"]))
        cells[-3].metadata.update({"deletable": False, "editable": False})
    return _notebook(cells, NO_KERNEL, step)


def student_notebook(exercise: Exercise, written: Written, points: StepPoints, step: str) -> NotebookNode:
    """The released notebook with a student's cells where the stubs stood; nothing else of theirs is kept.

    A missing or empty answer leaves the stub in place.
    """
    tasks, blanks = len(exercise.sources("task")), [""] * len(exercise.sources("answer"))
    padded = written.tasks[:tasks] + [""] * (tasks - len(written.tasks))
    cells = _cells(exercise, Written(padded, written.answers or blanks), points)
    cells = [cell for cell in cells if "notes" not in cell.metadata.tags]
    last = max(i for i, cell in enumerate(cells) if ("task" if tasks else "answer") in cell.metadata.tags)
    cells[last + 1 : last + 1] = [
        _code(source, f"own-{number}", "own") for number, source in enumerate(written.tasks[tasks:], start=1)
    ]
    return _notebook(cells, PYTHON_KERNEL, step)


def is_grade(cell: NotebookNode) -> bool:
    """Whether this is the one cell that has the mark for all checks."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade_id") == GRADE_ID)


def is_summary(cell: NotebookNode) -> bool:
    """Whether this is the cell that shows what a mark is made of; its output is the report."""
    return cell.cell_type == "code" and "summary" in cell.metadata.get("tags", [])


def is_answer(cell: NotebookNode) -> bool:
    """Whether this is a cell for an answer in prose, which a teacher marks."""
    return cell.cell_type == "markdown" and "answer" in cell.metadata.get("tags", [])


def _cells(exercise: Exercise, written: Written, points: StepPoints) -> list[NotebookNode]:
    counts: dict[str, int] = {}
    left = iter(written.tasks)
    cells = []
    for cell in exercise.cells:
        number = counts[cell.role] = counts.get(cell.role, 0) + 1
        if cell.role == "answer":
            cells.append(_answer(written.answers[number - 1] or cell.source, answer_name(number), points))
        else:
            cells.append(_cell(cell, number, left))
    return [*cells, _summary(points, counts.get("answer", 0)), _grade(points.marks[GRADE_ID])]


def _summary(points: StepPoints, answers: int) -> NotebookNode:
    """The summary cell: unknown to nbgrader, and rebuilt from the course like every other cell."""
    numbers = {"points": points.points, "visible": points.visible, "hidden": points.hidden, "answers": answers}
    numbers |= {"seconds": points.seconds, "processes": points.processes}
    made = _code(summary_source(**numbers), "summary", "summary")
    made.metadata.update({"deletable": False, "editable": False})
    return made


def _grade(points: float) -> NotebookNode:
    """The cell whose mark nbgrader keeps; a step without checks has none.

    To nbgrader it is an answer that teachers mark, since only such cells earn nothing in any kernel.
    """
    made = _markdown(GRADE_TEXT, GRADE_ID, ["grade"])
    has_points = points > 0
    marked = _nbgrader(GRADE_ID, grade=has_points, solution=has_points, locked=not has_points, points=points)
    made.metadata.update({"nbgrader": {**marked, "cell_type": "markdown"}, "editable": False})
    return made


def _answer(source: str, name: str, points: StepPoints) -> NotebookNode:
    made = _markdown(_clean(source), name, ["answer"])
    marked = _nbgrader(name, grade=True, solution=True, locked=False, points=points.marks[name])
    made.metadata["nbgrader"] = {**marked, "cell_type": "markdown"}
    return made


def _cell(cell: Cell, number: int, tasks: Iterator[str]) -> NotebookNode:
    identity = "scene" if cell.role == "scene" else f"{cell.role}-{number}"
    if not cell.is_code:
        tags = ["notes"] if cell.role == "notes" else []
        return _markdown(cell.source, identity, tags)
    is_task = cell.role == "task"
    made = _code(next(tasks) if is_task else cell.source, identity, cell.role)
    made.metadata["nbgrader"] = _nbgrader(identity, solution=is_task, locked=not is_task)
    return made


# nbformat's own functions validate each cell, which takes 1 ms; nbgrader validates the whole notebook later.


def _code(source: str, identity: str, tag: str) -> NotebookNode:
    metadata = {"tags": [tag], **({"jupyter": {"source_hidden": True}} if tag in _FOLDED else {})}
    cell = {"id": identity, "cell_type": "code", "metadata": metadata, "source": _clean(source)}
    return from_dict({**cell, "execution_count": None, "outputs": []})


def _markdown(source: str, identity: str, tags: list[str]) -> NotebookNode:
    return from_dict({"id": identity, "cell_type": "markdown", "metadata": {"tags": tags}, "source": source})


def _clean(source: str) -> str:
    """A lone surrogate is legal in JSON and cannot be written to a file."""
    return source.encode("utf-8", "replace").decode("utf-8")


def _nbgrader(
    grade_id: str, *, grade: bool = False, solution: bool = False, locked: bool, points: float = 0
) -> dict[str, Any]:
    marked = {"points": points} if grade else {}
    return {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "task": False,
        "cell_type": "code",
        **marked,
    }


def _tagged(cells: list[NotebookNode], tag: str) -> list[NotebookNode]:
    return [cell for cell in cells if tag in cell.metadata.tags]


def _notebook(cells: list[NotebookNode], kernel: dict[str, str], step: str) -> NotebookNode:
    metadata = {
        "drycloud": {"schema": SCHEMA, "step": step},
        "kernelspec": dict(kernel),
        "language_info": dict(LANGUAGE),
    }
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)
