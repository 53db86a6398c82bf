"""One scene, and cells that are run below it in both places: by a stock kernel, and as they are graded."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from nbclient import NotebookClient
from patience import PATIENCE

from drycloud.cloud.clients.boto import client
from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.serve import Endpoint
from drycloud.cloud.moto import engine
from drycloud.grading.guest import GUEST, PORT, loads_for
from drycloud.grading.stage import Stage, _job
from drycloud.limits import Limits
from drycloud.notebook import Cell, Code, Exercise
from drycloud.sandbox import SandboxFile, Zygote
from drycloud.sandbox.messages import Outcome

SERVICES = ["ec2", "s3", "sts"]
SCENE = """
import calendar
from drycloud import simulate
NAMES = ["a", "b"]
def scene(s3):
    s3.create_bucket(Bucket="toy")
    return {"bucket": "toy", "n": 1}
given = simulate(scene)
"""
CHECK = """
import math
from drycloud import check
def is_there(after):
    return given.bucket in after
@check(points=1)
def test_there(after):
    "It is there."
    assert is_there(after)
"""
ANSWERS = """
import json
for _name in [*globals()]:
    if _name.startswith("ok"):
        print(json.dumps([_name, globals()[_name]]))
"""


class Ran(NamedTuple):
    """The variables of a run whose names begin with `ok`, and all that it printed or that was told of it."""

    answers: dict[str, Any]
    said: str


def practised(cases: dict[str, list[str]], folder: Path) -> dict[str, Ran]:
    """What a stock kernel makes of each case, one after the other, each below its scene and its check."""
    sources, last = list[str](), dict[str, tuple[int, int]]()
    for name, cells in cases.items():
        first = len(sources)
        sources += ["%reset -f", SCENE, CHECK, *cells, ANSWERS]
        last[name] = first + 3, len(sources) - 1
    made = [nbformat.v4.new_code_cell(source, metadata={"tags": ["raises-exception"]}) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=made)
    place = {"metadata": {"path": str(folder)}}
    environ = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    NotebookClient(notebook, kernel_name="python3", resources=place, timeout=PATIENCE).execute(env=environ)
    return {
        name: Ran(
            dict(json.loads(line) for line in _said(notebook.cells[end]).splitlines()),
            "\n".join(map(_said, notebook.cells[first:end])),
        )
        for name, (first, end) in last.items()
    }


def _said(cell: nbformat.NotebookNode) -> str:
    parts = []
    for output in cell.outputs:
        parts.append(output.get("text", "") or output.get("data", {}).get("text/plain", ""))
        parts.append("\n".join(output.get("traceback", [])))
    return "".join(parts)


@contextmanager
def grading() -> Iterator[Zygote]:
    """A zygote as grading has it, in a process that has a cloud."""
    with Zygote(GUEST) as zygote:
        yield zygote


def graded(zygote: Zygote, codes: list[Code], limits: Limits | None = None) -> Outcome:
    """What comes of these cells in the sandbox."""
    exercise = Exercise(Path("toy.py"), [Cell("scene", SCENE), Cell("check", CHECK)])
    stage = Stage(exercise, codes, limits or Limits(wall_seconds=30), SERVICES, 7)
    engine.reset()
    client("s3").create_bucket(Bucket="toy")
    job = _job(stage, {"bucket": "toy", "n": 1}, {})
    with zygote.spawn(stage.limits, loads_for(codes)) as sandbox, Endpoint(Cloud(SERVICES), sandbox.listen(PORT)):
        return sandbox.run(job)


def graded_like_practice(zygote: Zygote, cells: list[str]) -> Ran:
    """The same of cells that may all fail, as those of a notebook in which a student runs one after the other."""
    outcome = graded(zygote, [Code(cell, may_fail=True) for cell in cells])
    answers = json.loads(outcome.answers)
    found = {name: value for name, value in answers.items() if name.startswith("ok")}
    return Ran(found, f"{outcome.stdout}\n{outcome.stderr}\n{outcome.message}")


def program(name: str, text: str) -> list[Code]:
    """A plain file."""
    return [Code(text, program=name)]


def file_of(outcome: Outcome, name: str) -> bytes | None:
    """The content of a file that is left in the working directory."""
    found = outcome.files.get(name)
    return found.data if isinstance(found, SandboxFile) else None
