"""The corpus of attacks as data: each file says in its head what it does and what it may come to.

A head is the comments at the top of a file:

    # attack: 1                    the line of the list of attacks in docs/attacks.md
    # does: ends its process …     what it tries, in a few words
    # run: killed                  the outcome of its run; several that are possible are separated by 'or'
    # earns: 0                     its score: no more than honest work on the same step would
    # says: exit status 0          what the run's message must hold; may stand more than once, or not at all
    # status: needs_grading        the report's status, where it is not 'graded'
    # prints: nothing found        what its standard output must hold
    # with: work                   a text of with/ that is put before it; may stand more than once

Submissions lie in a folder of their step. What is no plain text is made by a function `make`, below the same head:

- in files/, `make(path, notebook)` writes what is handed in for the step that `# on:` names; `notebook` is that step's
  released notebook with honest work in it, and `# suffix:` how the file is called, .ipynb unless it says otherwise;
- in collected/, `make(place, student)` writes into the folder of collected work, where honest students' work lies too;
- in exchange/, `make(folder)` changes a folder of honest work in nbgrader's exchange, before it is collected.

In collected/ and exchange/ `earns` is the mark in the gradebook, and `tells` what the teacher must be told.
"""

import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from drycloud.limits import Limits

HERE = Path(__file__).parent
STEPS = {
    "ec2": ("02_ec2", "terminate"),
    "s3": ("04_s3", "upload"),
    "shell": ("05_cli", "sync"),
    "answers": ("02_ec2", "inspect"),
    "numbers": ("03_more_ec2", "pricing"),
    "link": ("04_s3", "share"),
    "group": ("03_more_ec2", "security_group"),
    "ids": ("05_cli", "query"),
    "key": ("02_ec2", "key_pair"),
}
# Less than a course's, so that an attack that goes up to them soon comes to its end.
LIMITS = Limits(
    wall_seconds=20,
    cpu_seconds=4,
    memory_mib=256,
    processes=40,
    files=200,
    disk_mib=16,
    output_kib=64,
    requests=1500,
    request_mib=4,
    state_seconds=0.05,
)
_FIELD = re.compile(r"# ([a-z]+): (.+)")


class Attack(Struct, frozen=True):
    """One attack; `line` is its place in the list, `text` what is handed in (or what makes it)."""

    name: str
    line: int
    does: str
    run: tuple[str, ...]
    earns: float
    says: tuple[str, ...]
    prints: tuple[str, ...]
    text: str
    suffix: str
    tells: tuple[str, ...] = ()
    on: str = ""
    status: str = "graded"

    @property
    def kind(self) -> str:
        """The step that it is handed in for: the folder that it lies in, unless its head says otherwise."""
        return self.on or self.name.partition("/")[0]

    @property
    def student(self) -> str:
        """A student's name for it."""
        return self.name.replace("/", "-")

    @property
    def make(self) -> Callable[..., Any]:
        """What makes it, where it is no plain text."""
        made: Callable[..., Any] = runpy.run_path(str(HERE / f"{self.name}.py"))["make"]
        return made


def attacks(*kinds: str) -> list[Attack]:
    """The attacks of these folders, in the order of the list."""
    paths = [path for kind in kinds for path in (HERE / kind).iterdir() if path.is_file()]
    return sorted((_read(path) for path in paths), key=lambda attack: (attack.line, attack.name))


def work(kind: str) -> str:
    """Honest work on the step of a folder: defines `work()`."""
    return (HERE / "with" / f"work_{kind}.py").read_text(encoding="utf-8")


def _read(path: Path) -> Attack:
    text = path.read_text(encoding="utf-8")
    fields: dict[str, list[str]] = {}
    for line in text.splitlines():
        found = _FIELD.fullmatch(line)
        if not found:
            break
        fields.setdefault(found[1], []).append(found[2])
    helpers = [work(path.parent.name) if name == "work" else _helper(name) for name in fields.pop("with", [])]
    says, prints, tells = (tuple(fields.pop(name, [])) for name in ("says", "prints", "tells"))
    one = {name: value for name, (value,) in fields.items()}
    return Attack(
        name=f"{path.parent.name}/{path.stem}",
        line=int(one.pop("attack")),
        does=one.pop("does"),
        run=tuple(one.pop("run").split(" or ")),
        earns=float(one.pop("earns")),
        says=says,
        prints=prints,
        tells=tells,
        text="".join(f"{helper}\n" for helper in helpers) + text,
        suffix=one.pop("suffix", ".ipynb" if path.parent.name == "files" else path.suffix),
        **one,
    )


def _helper(name: str) -> str:
    return (HERE / "with" / f"{name}.py").read_text(encoding="utf-8")
