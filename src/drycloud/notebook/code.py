"""What of a submission is run, and how: as cells of a notebook, or as a program."""

from drycloud.notebook.own import Own
from drycloud.report import Frozen

_TOLD = {"task": "task cell", "own": "your own cell"}  # what a student's cells are called in a report
_SHELL = "%%bash\n"


class Code(Frozen, frozen=True):
    """Code of a student's that is run.

    `label` names it where there is more than one, for instance "task cell 2". Where it `may_fail`, an error in it stops
    nothing: it is a cell of the student's own, or one that is tagged raises-exception. `program` is the name of a plain
    .py file, which is run as a program and not as a cell.
    """

    source: str
    label: str = ""
    may_fail: bool = False
    program: str = ""


def code_of(own: Own, step: str) -> list[Code]:
    """What is run of the student's cells; a program has the name of the step, as a student's file has."""
    if own.is_program:
        source = own.cells[0].source
        is_shell = source.startswith(_SHELL)
        return [Code(source.removeprefix(_SHELL), program=f"{step}.sh" if is_shell else f"{step}.py")]
    has_task = any(cell.role == "task" for cell in own.cells)  # else each is taken for one
    roles = ["own" if has_task and cell.role != "task" else "task" for cell in own.cells]
    labels = [f"{_TOLD[role]} {roles[: n + 1].count(role)}" for n, role in enumerate(roles)]
    return [
        Code(cell.source, label if len(roles) > 1 else "", may_fail=cell.may_fail or role == "own")
        for cell, role, label in zip(own.cells, roles, labels, strict=True)
    ]
