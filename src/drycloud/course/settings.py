"""course.yml: read strictly, and errors name the line."""

import math
import re
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
import yaml
from msgspec import Meta, structs

from drycloud.errors import CourseError, UsageError, choice
from drycloud.limits import Limits
from drycloud.report import Frozen

SERVICES = ("ec2", "s3", "sts")  # what the simulated cloud has; a test compares it with the cloud
Name = Annotated[
    str,
    Meta(pattern=r"^[a-z0-9][a-z0-9_]{0,60}$", description="Lower-case letters, digits and _; also names its files."),
]
Library = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][\w.-]*(\[[\w,-]+\])?( ?[=<>!~]=? ?[\w.*+]+,?)*$")]
_DUE = "write 'due: 2027-02-07T23:59:00+01:00', or set 'timezone: Europe/Berlin' for the whole course"


class Late(Frozen, frozen=True):
    """The late penalty: a share of the points for each day begun, after a grace period, up to a maximum."""

    penalty_per_day: Annotated[
        float, Meta(ge=0, le=1, description="The share of the assignment's points that each day begun costs.")
    ] = 0.0
    max_penalty: Annotated[
        float, Meta(ge=0, le=1, description="The most that lateness costs, as a share of the assignment's points.")
    ] = 1.0
    grace_minutes: Annotated[
        float, Meta(ge=0, description="Minutes after the due date in which nothing is late yet.")
    ] = 0.0


class Step(Frozen, frozen=True):
    """One exercise: its name and the minutes that a beginner needs."""

    name: Name
    minutes: Annotated[int, Meta(ge=1, le=240, description="Minutes that a beginner needs.")]


class Assignment(Frozen, frozen=True):
    """What is released and handed in together: its steps in order, and its due date."""

    name: Name
    steps: Annotated[list[Step], Meta(min_length=1, description="Its exercises, in the order in which they are shown.")]
    title: Annotated[str, Meta(description="What it is about; appears in the README of its zip.")] = ""
    due: Annotated[
        datetime | None,
        Meta(description="When it is due, with its offset from UTC, or in `timezone`. Without it nothing is late."),
    ] = None

    def step(self, name: str) -> Step:
        """The step with that name; raises UsageError, naming those that exist."""
        for step in self.steps:
            if step.name == name:
                return step
        raise _unknown("step", f"{self.name}/{name}", [f"{self.name}/{step.name}" for step in self.steps])


class Settings(Frozen, frozen=True):
    """What course.yml says: assignments in order, and how their steps are graded."""

    title: Annotated[str, Meta(description="The course's name; also names its folder in nbgrader's exchange.")]
    assignments: Annotated[list[Assignment], Meta(min_length=1, description="What is handed in together, in order.")]
    variants: Annotated[
        int, Meta(ge=1, le=10, description="How many different worlds a step is graded in; a check must pass in each.")
    ] = 2
    services: Annotated[
        list[str], Meta(min_length=1, description=f"The services that students may use, of: {', '.join(SERVICES)}.")
    ] = msgspec.field(default_factory=lambda: list(SERVICES))
    libraries: Annotated[
        list[Library], Meta(description="Libraries beyond the usual ones, by import name or pip requirement.")
    ] = []
    timezone: Annotated[str, Meta(description="The zone of due dates without an offset, such as Europe/Berlin.")] = ""
    limits: Annotated[Limits, Meta(description="What one run of a student's code may use.")] = Limits()
    late: Annotated[Late, Meta(description="The late penalty.")] = Late()

    def assignment(self, name: str) -> Assignment:
        """The assignment with that name; raises UsageError, naming those that exist."""
        whole, slash, step = name.partition("/")
        for assignment in self.assignments:
            if assignment.name == whole and not step:
                return assignment
            if assignment.name == whole and slash:
                hint = f"say '{whole}' instead of '{name}'"
                raise UsageError(f"'{name}' is a step, and this is for a whole assignment", hint=hint)
        likely = [f"{a.name}/{s.name}" for a in self.assignments for s in a.steps if s.name == name]
        raise _unknown("assignment", name, [assignment.name for assignment in self.assignments], likely)

    def select(self, target: str) -> list[tuple[Assignment, Step]]:
        """The steps that 'A', 'A/S' or '' (all) means, in order; raises UsageError for an unknown name."""
        if not target:
            return [(a, s) for a in self.assignments for s in a.steps]
        assignment_name, _, step_name = target.partition("/")
        assignment = self.assignment(assignment_name)
        steps = [assignment.step(step_name)] if step_name else assignment.steps
        return [(assignment, step) for step in steps]


def load_settings(root: Path) -> Settings:
    """What `root`/course.yml says; raises CourseError with file and line."""
    path = root / "course.yml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CourseError("there is no course.yml", where=path, hint="run drycloud in a course's folder") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"cannot be read: {error}", where=path) from None
    return _settings(text, path)


@lru_cache(maxsize=8)  # each notebook of a class run needs it several times
def _settings(text: str, path: Path) -> Settings:
    tree = _parse(text, path)
    try:
        settings = msgspec.convert(_plain(tree, path), Settings, strict=False)
    except RecursionError:
        raise CourseError("it contains itself, or is nested too deep", where=path, line=1) from None
    except msgspec.ValidationError as error:
        raise _invalid(str(error), tree, path) from None
    _refuse_twins(settings, tree, path)
    _refuse_services(settings, tree, path)
    return _in_its_zone(settings, tree, path)


def _parse(text: str, path: Path) -> yaml.Node:
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "unreadable"
        line = mark.line if mark else text.count("\n", 0, getattr(error, "position", 0))
        raise CourseError(f"not YAML: {what}", where=path, line=line + 1) from None
    except RecursionError:
        raise CourseError("nested too deep", where=path, line=1) from None
    if not isinstance(tree, yaml.MappingNode):
        raise CourseError("empty, or not a mapping", where=path, line=1, hint="it starts with 'title: …'")
    return tree


def _plain(node: yaml.Node, path: Path) -> Any:
    """The node's value; a duplicate key is refused (YAML itself would keep the last one)."""
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(_scalar(key, path)) if isinstance(key, yaml.ScalarNode) else ""
            if not name:
                raise CourseError("this key is not a word", where=path, line=key.start_mark.line + 1)
            if name in found:
                raise CourseError(f"'{name}' is given twice", where=path, line=key.start_mark.line + 1)
            found[name] = _plain(value, path)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path) for item in node.value]
    return _scalar(node, path)


def _scalar(node: yaml.Node, path: Path) -> Any:
    """A scalar's value; values that JSON cannot hold (an infinite number, a lone surrogate) are refused."""
    try:
        value = yaml.SafeLoader("").construct_object(node)
        value = value.isoformat() if hasattr(value, "isoformat") else value
        msgspec.json.encode(value)
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{node.value} is not a finite number")
    except Exception as error:  # PyYAML does not validate: an invalid value can raise errors of every kind
        raise CourseError(f"not a value: {error}", where=path, line=node.start_mark.line + 1) from None
    return value


def _invalid(message: str, tree: yaml.Node, path: Path) -> CourseError:
    """The error of msgspec, with the line and the name of the key that it means."""
    what, _, place = message.partition(" - at `$")
    place = place.rstrip("`")
    if unknown := re.fullmatch(r"Object contains unknown field `(.*)`", what, re.DOTALL):
        what, place = f"unknown field `{unknown[1]}`", f"{place}.{unknown[1]}"
    elif place:
        what = f"{what} for {place.removeprefix('.')}"
    hint = _DUE if place.endswith(".due") else "docs/course-yml.md lists what is allowed here"
    return CourseError(what, where=path, line=_line(tree, place), hint=hint)


def _line(tree: yaml.Node, place: str) -> int:
    """The line of a place such as `.assignments[0].due` in the YAML tree, that of its key; the nearest that exists."""
    node, line = tree, tree.start_mark.line
    for name, index in re.findall(r"\.([^.\[]+)|\[(\d+)\]", place):
        children = (
            [pair for pair in node.value if pair[0].value == name]
            if isinstance(node, yaml.MappingNode)
            else [(item, item) for item in node.value[int(index) : int(index) + 1]]
            if isinstance(node, yaml.SequenceNode) and index
            else []
        )
        if not children:
            break
        line, node = children[0][0].start_mark.line, children[0][1]
    return int(line) + 1


def _refuse_twins(settings: Settings, tree: yaml.Node, path: Path) -> None:
    seen: set[str] = set()
    for i, assignment in enumerate(settings.assignments):
        names = [(assignment.name, f".assignments[{i}]")]
        names += [
            (f"{assignment.name}/{s.name}", f".assignments[{i}].steps[{j}]") for j, s in enumerate(assignment.steps)
        ]
        for name, place in names:
            if name in seen:
                raise CourseError(f"'{name}' is given twice", where=path, line=_line(tree, place), hint="remove one")
            seen.add(name)


def _refuse_services(settings: Settings, tree: yaml.Node, path: Path) -> None:
    for number, service in enumerate(settings.services):
        line = _line(tree, f".services[{number}]")
        if service not in SERVICES:
            raise CourseError(f"the cloud has no '{service}'", where=path, line=line, hint=choice(service, SERVICES))
        if service in settings.services[:number]:
            raise CourseError(f"'{service}' is given twice", where=path, line=line, hint="remove one")


def _in_its_zone(settings: Settings, tree: yaml.Node, path: Path) -> Settings:
    """The settings with the offset of each due date, so that the time zone of 23:59 is never guessed."""
    zone = None
    if settings.timezone:
        try:
            zone = ZoneInfo(settings.timezone)
        except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError
            what = f"there is no time zone '{settings.timezone}'"
            hint = "such as Europe/Berlin, America/New_York or UTC"
            raise CourseError(what, where=path, line=_line(tree, ".timezone"), hint=hint) from None
    found = []
    for number, assignment in enumerate(settings.assignments):
        due, line = assignment.due, _line(tree, f".assignments[{number}].due")
        if due and not due.tzinfo:
            if not zone:
                raise CourseError("this due date does not say its time zone", where=path, line=line, hint=_DUE)
            due = due.replace(tzinfo=zone)
        if due and not MINYEAR < due.year < MAXYEAR:  # in UTC it may be out of range for a date
            raise CourseError(f"nothing is due in the year {due.year}", where=path, line=line, hint=_DUE)
        found.append(structs.replace(assignment, due=due))
    return structs.replace(settings, assignments=found)


def _unknown(kind: str, name: str, known: list[str], likely: Iterable[str] = ()) -> UsageError:
    return UsageError(f"unknown {kind} '{name}'", hint=choice(name, known, likely))
