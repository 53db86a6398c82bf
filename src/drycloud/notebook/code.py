"""Which code of a submission is run, and how: as notebook cells, or as a program."""

from drycloud.notebook.own import Own
from drycloud.report import Frozen

_TOLD = {"task": "task cell", "own": "your own cell"}  # how a report names a student's cells
_SHELL = "%%bash\n"


class Code(Frozen, frozen=True):
    """A student's code that is run.

    `label` names it if there is more than one, for instance "task cell 2". If it `may_fail`, an error in it stops
    nothing: the student added this cell, or it is tagged raises-exception. `program` is the name of a plain
    .py file, which is run as a program and not as a cell.
    """

    source: str
    label: str = ""
    may_fail: bool = False
    program: str = ""


def code_of(own: Own, step: str) -> list[Code]:
    """The code of the student's cells; a program is named after the step, as a student's file is."""
    if own.is_program:
        source = own.cells[0].source
        is_shell = source.startswith(_SHELL)
        return [Code(source.removeprefix(_SHELL), program=f"{step}.sh" if is_shell else f"{step}.py")]
    has_task = any(cell.role == "task" for cell in own.cells)  # else each counts as one
    roles = ["own" if has_task and cell.role != "task" else "task" for cell in own.cells]
    labels = [f"{_TOLD[role]} {roles[: n + 1].count(role)}" for n, role in enumerate(roles)]
    return [
        Code(cell.source, label if len(roles) > 1 else "", may_fail=cell.may_fail or role == "own")
        for cell, role, label in zip(own.cells, roles, labels, strict=True)
    ]
