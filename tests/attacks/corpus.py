"""The corpus of attacks as data: each file says in its head what it does and what it may come to.

A head is the comments at the top of a file:

    # attack: 1                    the line of the list of attacks in docs/attacks.md
    # does: ends its process …     what it tries, in a few words
    # run: killed                  the outcome of its run; several that are possible are separated by 'or'
    # earns: 0                     its score: no more than honest work on the same step would
    # says: exit status 0          what the run's message must hold; may stand more than once, or not at all
    # prints: nothing found        what its standard output must hold
    # with: work                   a text of with/ that is put before it; may stand more than once

Submissions lie in a folder of their step. What is no plain text (notebooks, archives, links) is made by a function
`make` in files/ and collected/, whose heads are the same.
"""

import re
from pathlib import Path

from msgspec import Struct

HERE = Path(__file__).parent
STEPS = {
    "ec2": ("02_ec2", "terminate"),
    "s3": ("04_s3", "upload"),
    "shell": ("05_cli", "sync"),
    "answers": ("02_ec2", "inspect"),
    "numbers": ("03_more_ec2", "pricing"),
    "link": ("04_s3", "share"),
}
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

    @property
    def kind(self) -> str:
        """The folder that it lies in."""
        return self.name.partition("/")[0]

    @property
    def student(self) -> str:
        """A student's name for it."""
        return self.name.replace("/", "-")


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
    says, prints = (tuple(fields.pop(name, [])) for name in ("says", "prints"))
    one = {name: value for name, (value,) in fields.items()}
    return Attack(
        name=f"{path.parent.name}/{path.stem}",
        line=int(one.pop("attack")),
        does=one.pop("does"),
        run=tuple(one.pop("run").split(" or ")),
        earns=float(one.pop("earns")),
        says=says,
        prints=prints,
        text="".join(f"{helper}\n" for helper in helpers) + text,
        suffix=path.suffix,
        **one,
    )


def _helper(name: str) -> str:
    return (HERE / "with" / f"{name}.py").read_text(encoding="utf-8")
