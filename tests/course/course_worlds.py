"""Worlds in which there is little or nothing to look at, made of a real scene and of a real solution; for test_course.

A step's stub, then its solution, runs in the sandbox. In the process that judges it, its evidence is taken apart, and
the step's checks are made on what is left.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from repository import ROOT

from drycloud.cloud.account.snapshot import Snapshot
from drycloud.cloud.account.trail import Trail
from drycloud.course import load_course
from drycloud.grading import stage
from drycloud.grading.checker import Verdict, in_session, run_checks
from drycloud.grading.checks import ATTRIBUTE, CheckMark, mark_of
from drycloud.grading.evidence import Answers, Evidence, File
from drycloud.grading.guest import loads_for
from drycloud.grading.suite import Suite, functions_of, load_suite
from drycloud.notebook import Code, Exercise, load_exercise, load_solution
from drycloud.report import Frozen
from drycloud.sandbox import Zygote

COURSE = load_course(ROOT)
SEED = 16
# What tells two resources of a kind apart for a check: one of each such sort is left alone, in a world of its own.
SORT = ("region", "tags", "state", "protected", "lifecycle", "instance_id", "bucket", "is_latest", "is_delete_marker")

World = tuple[str, Evidence]
change = msgspec.structs.replace


class Outcome(Frozen, frozen=True):
    """What a check came to in a world."""

    world: str
    check: str
    outcome: str


def suite_of(assignment: str, step: str, *, alone: bool = False) -> Suite:
    """The checks of a step of this course; `alone`, they need one another no more."""
    files = COURSE.files_of(assignment, step)
    suite = load_suite(load_exercise(files.exercise), files.grader)
    for function in functions(suite) if alone else []:
        mark = mark_of(function)
        assert mark is not None
        setattr(function, ATTRIBUTE, CheckMark(mark.points))
    return suite


def functions(suite: Suite) -> list[Callable[..., None]]:
    """The checks themselves."""
    return [function for module, _ in suite.modules for function in functions_of(module)]


def asked_for(suite: Suite) -> dict[str, set[str]]:
    """By check, the evidence that it asks for by name."""
    return {function.__name__: set(inspect.signature(function).parameters) for function in functions(suite)}


def with_nothing_done(assignment: str, step: str, zygote: Zygote) -> list[Outcome]:
    """Each check, alone, where a stub ran in the step's world or in what is left of that."""
    exercise = load_exercise(COURSE.files_of(assignment, step).exercise)
    suite = suite_of(assignment, step, alone=True)
    return _outcomes(exercise, exercise.sources("task"), suite, zygote, _idle_worlds)


def with_parts_taken_away(assignment: str, step: str, zygote: Zygote) -> list[Outcome]:
    """Each check where the solution ran, and then a part of the evidence, or of what the solution did, is missing."""
    files = COURSE.files_of(assignment, step)
    exercise = load_exercise(files.exercise)
    cells = load_solution(files.solution, exercise)
    return _outcomes(exercise, cells, suite_of(assignment, step), zygote, _poorer_worlds)


def _outcomes(
    exercise: Exercise, cells: list[str], suite: Suite, zygote: Zygote, worlds: Callable[[Evidence], Iterator[World]]
) -> list[Outcome]:
    codes = [Code(cell) for cell in cells]
    made = stage.Stage(exercise, codes, COURSE.limits, COURSE.services, SEED)

    def judge(suite: Suite, evidence: Evidence) -> list[Verdict]:
        told: list[Verdict] = []

        def work() -> None:
            for world, left in worlds(evidence):
                told.extend(Verdict(f"{world}\t{each.name}", each.outcome) for each in run_checks(suite, left))

        in_session(work)
        return told

    with pytest.MonkeyPatch.context() as patch, zygote.spawn(made.limits, loads_for(codes)) as sandbox:
        patch.setattr(stage, "run_checks", judge)
        result = stage.run_stage(made, suite, sandbox)
    assert not result.fault, result.fault
    return [Outcome(*verdict.name.split("\t"), verdict.outcome) for verdict in result.verdicts]


def _idle_worlds(found: Evidence) -> Iterator[World]:
    yield "untouched", found
    found = change(found, answers=Answers({}), trail=Trail())
    yield "no files", change(found, files={}, files_before={})
    outside = {name: file for name, file in found.files_before.items() if "/" not in name}
    yield "no folders", change(found, files=outside, files_before=outside)
    yield "empty account", change(found, before=Snapshot(), after=Snapshot(), files={}, files_before={})
    for text, snapshot in _scenes(found.before):
        yield text, change(found, before=snapshot, after=snapshot)
    yield "all gone", change(found, after=Snapshot(), files={})


def _scenes(scene: Snapshot) -> Iterator[tuple[str, Snapshot]]:
    """The scene without one kind of resource, and with one sort only of that kind."""
    for kind in sorted({type(each).__name__ for each in scene.resources.values()}):
        rest = {id: each for id, each in scene.resources.items() if type(each).__name__ != kind}
        yield f"no {kind}", Snapshot(rest)
        sorts = {_sort(each): each for each in scene.resources.values() if type(each).__name__ == kind}
        for number, each in enumerate(sorts.values()):
            yield f"one {kind}, {number}", Snapshot({**rest, each.identity: each})


def _sort(resource: Any) -> str:
    place = getattr(resource, "key", "").rpartition("/")[0]
    return repr([place, *(getattr(resource, name, None) for name in SORT)])


def _poorer_worlds(found: Evidence) -> Iterator[World]:
    """The first word of a world's name is the evidence that is missing; 'less': what the solution did to one thing."""
    yield "whole", found
    yield "after: nothing", change(found, after=Snapshot())
    if found.after != found.before:
        yield "after: as before", change(found, after=found.before)
    if found.trail:
        yield "trail: no call", change(found, trail=Trail())
    yield "answers: none", change(found, answers=Answers({}))
    without_calls = change(found, after=found.before, files=found.files_before, trail=Trail())
    yield "calls: none, right answers", without_calls
    yield "calls: none, plausible answers", change(without_calls, answers=plausible(found.answers))
    yield "answers: blank", change(found, answers=_blank(found.answers))
    new = {name: File(b"") for name in found.files if name not in found.files_before}
    if new:
        yield "files: as before", change(found, files=found.files_before)
        yield "files: blank", change(found, files={**found.files_before, **new})
    if found.files_before:
        yield "files: none", change(found, files={})
        yield "files_before: none", change(found, files_before={})
    outside = {name: file for name, file in found.files_before.items() if "/" not in name}
    if outside != found.files_before:
        yield "files_before: no folders", change(found, files_before=outside)
    yield from _less(found)


def _blank(answers: Answers) -> Answers:
    values: dict[str, Any] = vars(answers)["_values"]
    return Answers({name: type(value)() for name, value in values.items() if value is not None})


def plausible(answers: Answers) -> Answers:
    """Answers of the same shape that are not right: whoever never asked AWS could have thought of them."""
    values: dict[str, Any] = vars(answers)["_values"]
    return Answers({name: _other(value) for name, value in values.items()})


def _next(letter: re.Match[str]) -> str:
    return chr(ord("a") + (ord(letter[0]) - ord("a") + 1) % 26)


_ADDRESS = re.compile(r"(\d{1,3}\.){3}\d{1,3}")


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return round(value * 1.03 + 1, 2) if isinstance(value, float) else value + 1
    if isinstance(value, str) and _ADDRESS.fullmatch(value):
        return "203.0.113.25"  # an address, too, which no instance has (RFC 5737)
    if isinstance(value, str):
        return re.sub("[0-9]", lambda digit: str((int(digit[0]) + 1) % 10), re.sub("[a-z](?=[^a-z]*$)", _next, value))
    if isinstance(value, list):
        # The first word of a command is no secret.
        return [item if number == 0 and item == "ssh" else _other(item) for number, item in enumerate(value)]
    if isinstance(value, dict):
        return {name: _other(item) for name, item in value.items()}
    return value


def _less(found: Evidence) -> Iterator[World]:
    """One thing of each sort that the solution made, changed or ended is as it was."""
    old, new = found.before.resources, found.after.resources
    seen = set()
    for id in [id for id in {**old, **new} if old.get(id) != new.get(id)]:
        how = "made" if id not in old else "ended" if id not in new else "changed"
        one = new.get(id) or old[id]
        world = f"less: {type(one).__name__} {how}"
        if (world, _sort(one)) not in seen:
            seen.add((world, _sort(one)))
            rest = {name: each for name, each in new.items() if name != id}
            yield (
                f"{world} {len(seen)}",
                change(found, after=Snapshot({**rest, **({id: old[id]} if id in old else {})})),
            )
