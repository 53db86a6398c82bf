"""docs/attacks.md, made of the corpus: `python tests/attacks/document.py` writes it, a test compares it."""

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

sys.path.extend(str(Path(__file__).resolve().parents[1] / name) for name in ("", "helpers"))

from classroom_toy import POINTS

from attacks.corpus import HERE, STEPS, Attack, attacks
from drycloud.classroom.notebooks.points import step_suite
from drycloud.course import load_course

ROOT = HERE.parent.parent
PAGE = ROOT / "docs" / "attacks.md"
FOLDERS = (*STEPS, "files", "collected", "exchange")
HEAD = """# Attacks, and what comes of them

This page is made of the corpus in `tests/attacks/` by `make attacks`. Each row is one attack, in a file of its own
whose head says what must come of it. `test_attacks.py` there grades them all in one class, with the real sandbox,
beside honest students whose reports must not change by a byte; `test_attacks_collected.py` does so with a whole
class run, from the collected folders to nbgrader's gradebook. None earns a point that honest work on the same step
would not.

{count} attacks, at least one for each of the {lines} lines of the list below.

**Ours** is how the run ended and what it earns of the step's points; in `collected` and `exchange` it is the mark in
the gradebook, less what lateness costs. Where an attack does honest work besides, that is what its points are for.

**Stock** is what nbgrader {nbgrader} with moto {moto} in the notebook came to on {date}, where it was tried
(`tests/attacks/stock.py`): the score of two test cells that ask for the same, of 10 points. There the attack did **no**
honest work, except in `files`, where the notebook that is handed in holds it unless the row says otherwise. Each was
handed in before an honest student, and "stops the class" says that this one got no mark. "Adapted" are those that do
the same to what nbgrader has. Of {tried} that were tried, {gains} earned points that they did not work for, {stops}
stopped the class, and {reaches} read, changed, reached or left behind what they should not.
"""
LINES = {
    "The process": {
        1: "Ending its own process before, during and after the work",
        2: "Endless loops and sleeps, ignoring signals; stopping itself or its parent",
        3: "Bombs of processes and threads; children that go on after the run and change the cloud later",
        4: "Memory without end, in one process and over many; huge answers; recursion",
        5: "Descriptors, connections, files, file sizes and folders without end",
        6: "Output without end; control characters in it",
        7: "Killing, stopping, tracing and reading other processes",
        8: "Closing and writing to every descriptor; forged words on the runner's channel",
        9: "Patched modules; modules and settings of its own beside the work",
        10: "Last words in exit handlers and destructors; searching memory for a grader",
        11: "Answers that lie: types, numbers, cycles, depths and halves of characters",
        12: "Errors whose text lies, loops or raises",
        13: "Printing that it passed, a score, a whole report",
        14: "Ids typed in; behaving otherwise where it is graded",
    },
    "The notebook and the files": {
        15: "Transformers, hooks, magics and handlers of IPython",
        16: "Cells doubled, deleted, reordered, retyped, renamed; locked cells, metadata, ids and points edited",
        17: "The wrong file: no notebook, damaged, another's, a link, a folder, a pipe, too large, too deep",
        18: "Archives that lead out or unpack without end; names that are paths or no text",
        19: "Links, pipes, sockets and odd names in the working directory that is read back",
        20: "Settings of pytest, nbgrader, Python and ours beside the work",
        21: "Times set back; another student's name; another student's file",
    },
    "The cloud": {
        22: "moto's own pages, in every spelling",
        23: "moto in the student's process; a cloud or an endpoint of its own",
        24: "Another account, partition or region",
        25: "Made and undone; renamed, retagged, recreated instead of handled",
        26: "Services and features that reach further",
        27: "Floods, huge and slow requests, malformed HTTP, fields that are none",
        28: "HTML, formulas, control characters and directions of writing in names, keys, tags and content",
        29: "Links that make the trusted side fetch something",
    },
    "The way out": {
        30: "Any address but the endpoint; sockets of every other family",
        31: "Files outside of the sandbox",
        32: "Namespaces, mounts, system calls and limits",
        33: "Clocks, deadlines and time as a message",
    },
    "The side that judges": {
        34: "What the kernel counts or keeps for all of a user: descriptors on their way, signals, terminals, watches",
        35: "Work without end for the cloud: filters, unpacking, policies; calls that still wait at the end of a run",
        36: "Memory of the cloud: headers, metadata, tags",
        37: "Ends that nobody expects, chosen on purpose: lost, broken, by hand",
        38: "Files, objects and answers that take more to be looked at than grading may take",
        41: "Parameters that are read in two ways, or in none",
    },
}
MAY_HARM = "it may harm the machine"
WHY_NOT = {
    2: MAY_HARM,
    3: MAY_HARM,
    4: MAY_HARM,
    5: MAY_HARM,
    6: MAY_HARM,
    7: MAY_HARM,
    8: "it aims at our runner",
    19: "nothing is read back there",
    20: "the trial hands in single notebooks",
    22: "moto has no pages there",
    24: "there is no endpoint to ask",
    26: "there is no endpoint to ask",
    27: "there is no endpoint to ask",
    28: "the trial looks at scores, not at pages",
    29: "no check opens links there",
    32: MAY_HARM,
    33: "it aims at our clock",
}
FOLDER_NOT = {
    "shell": "the trial has no such step",
    "numbers": "the trial has no such step",
    "group": "the trial has no such step",
    "ids": "the trial has no such step",
    "key": "the trial has no such step",
    "collected": "the trial hands in single notebooks",
    "exchange": "the trial hands in single notebooks",
}


def corpus() -> list[Attack]:
    """All attacks, in the order of the list."""
    return attacks(*FOLDERS)


def measured() -> dict[str, Any]:
    """What stock.py noted."""
    found: dict[str, Any] = json.loads((HERE / "stock.json").read_text(encoding="utf-8"))
    return found


@cache
def _points(kind: str) -> float:
    return step_suite(load_course(ROOT), *STEPS[kind]).points


def points_of(row: Attack) -> float:
    """What the step is worth that it is handed in for."""
    return _points(row.kind) if row.kind in STEPS else POINTS["bucket"]


def page(rows: list[Attack], stock: dict[str, Any]) -> str:
    """The whole page."""
    tried = stock["tried"]
    gains = sum(row.name in tried and _gained(row, tried[row.name]["score"] or 0) for row in rows)
    numbers = {
        "count": len(rows),
        "lines": sum(map(len, LINES.values())),
        "tried": len(tried),
        "gains": gains,
        "stops": sum(made["next"] is None for made in tried.values()),
        "reaches": sum(any(what.startswith("it ") for what in made["happened"]) for made in tried.values()),
    }
    parts = [HEAD.format(**numbers, **{key: stock[key] for key in ("nbgrader", "moto", "date")})]
    for title, lines in LINES.items():
        parts.append(f"\n## {title}\n")
        for number, text in lines.items():
            parts.append(f"\n**{number}. {text}**\n\n| | attack | stock nbgrader | ours |\n|---|---|---|---|\n")
            parts += _lines([row for row in rows if row.line == number], tried)
    return "".join(parts)


def _lines(rows: list[Attack], tried: dict[str, Any]) -> Iterator[str]:
    any_tried = any(row.name in tried for row in rows)
    for row in rows:
        stock = _stock(tried[row.name]) if row.name in tried else f"not tried: {_why_not(row, any_tried)}"
        ours = f"{' or '.join(row.run).replace('_', ' ')}: {row.earns:g} of {points_of(row):g}"
        path = next(HERE.glob(f"{row.name}.*")).relative_to(HERE)
        yield f"| [{row.name}](../tests/attacks/{path}) | {_cell(row.does)} | {stock} | {ours} |\n"


def _stock(made: dict[str, Any]) -> str:
    score = "no mark" if made["score"] is None else f"{made['score']:g} of 10"
    told = [score, *(["adapted"] if made["adapted"] else []), *made["happened"]]
    return "; ".join([*told, *(["stops the class"] if made["next"] is None else [])])


def _why_not(row: Attack, any_tried: bool) -> str:
    folder = row.name.partition("/")[0]
    return (
        FOLDER_NOT.get(folder)
        or WHY_NOT.get(row.line)
        or ("another of this line was" if any_tried else "it aims at our engine")
    )


def _gained(row: Attack, score: float) -> bool:
    """Whether it earned there more than what it did was worth: nothing, where its honest work was taken away."""
    worked = 0 if "def work(" in row.text else row.earns / points_of(row)
    return score / 10 > worked


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(corpus(), measured()), encoding="utf-8")


if __name__ == "__main__":
    main()
