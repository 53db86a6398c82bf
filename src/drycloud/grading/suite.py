"""A step's checks, visible and hidden, and the rubrics of its answers, loaded from the course's own files."""

import contextlib
import inspect
import sys
import types
from pathlib import Path
from typing import Any

from drycloud.errors import CourseError, choice
from drycloud.grading.checks import FIXTURES, Rubric, mark_of, title_of
from drycloud.notebook import Exercise
from drycloud.notebook.exercise import read_text
from drycloud.report import Frozen


class CheckSpec(Frozen, frozen=True):
    """What is known of a check before it is made."""

    name: str
    title: str
    hidden: bool
    points: float
    needs: tuple[str, ...]


class Suite:
    """All checks of a step, in order: the exercise's visible ones, then the grader's hidden ones; and the rubrics."""

    def __init__(self, modules: list[tuple[types.ModuleType, bool]], rubrics: list[Rubric] | None = None):
        self.modules, self.rubrics = modules, rubrics or []
        self.checks = [spec for module, hidden in modules for spec in _specs(module, hidden)]

    @property
    def points(self) -> float:
        """The points of the step."""
        return round(self.checked_points + sum(rubric.points for rubric in self.rubrics), 2)

    @property
    def checked_points(self) -> float:
        """The points of its checks, without the answers that are marked by hand; to two decimals, as all marks."""
        return round(sum(spec.points for spec in self.checks), 2)


def load_suite(exercise: Exercise, grader: Path) -> Suite:
    """The checks and rubrics of a step; raises CourseError, with file and line, if one is wrong or missing."""
    visible = _module("visible", "\n\n".join(exercise.sources("check")), exercise.path)
    hidden = _module("hidden", read_text(grader), grader)
    suite = Suite([(visible, False), (hidden, True)], _rubrics(hidden, exercise, grader))
    prose_only = bool(suite.rubrics) and not exercise.sources("task")
    if not prose_only and not any(spec.hidden for spec in suite.checks):
        raise CourseError("no check in this grader", where=grader, hint="write one with @check(points=…)")
    if prose_only and suite.checks:
        hint = "take it out: no code is run whose result it could check"
        raise CourseError("a check, but the exercise has no task", where=grader, hint=hint)
    _require_fixtures(suite)
    names = [spec.name for spec in suite.checks]
    twins = {name for name in names if names.count(name) > 1}
    if twins:
        raise CourseError(f"two checks are named {min(twins)}", where=grader, hint="give each check its own name")
    return suite


def functions_of(module: types.ModuleType) -> list[Any]:
    """The checks that a module defines, in the order of their lines."""
    found = [value for value in vars(module).values() if mark_of(value) is not None]
    return sorted(found, key=lambda function: function.__code__.co_firstlineno)


def _rubrics(module: types.ModuleType, exercise: Exercise, grader: Path) -> list[Rubric]:
    """The grader's list `rubrics`: one for each of the exercise's answer cells, in their order."""
    rubrics = getattr(module, "rubrics", [])
    wanted = len(exercise.sources("answer"))
    if not isinstance(rubrics, list) or not all(isinstance(rubric, Rubric) for rubric in rubrics):
        raise CourseError("`rubrics` is not a list of Rubric", where=grader, hint="write rubrics = [Rubric(…), …]")
    if len(rubrics) != wanted:
        what = f"{len(rubrics)} rubrics, where the exercise has {wanted} answer cells"
        raise CourseError(what, where=grader, hint="make them as many")
    return rubrics


def _require_fixtures(suite: Suite) -> None:
    """Raises CourseError for a check with an unknown fixture: it would break for every student."""
    for module, hidden in suite.modules:
        for function in functions_of(module):
            for parameter in inspect.signature(function).parameters.values():
                if parameter.default is inspect.Parameter.empty and parameter.name not in FIXTURES:
                    line = function.__code__.co_firstlineno if hidden else None  # visible checks have no own file
                    what = f"{function.__name__} asks for '{parameter.name}', which is not a fixture"
                    raise CourseError(what, where=module.__file__, line=line, hint=choice(parameter.name, FIXTURES))


def _specs(module: types.ModuleType, hidden: bool) -> list[CheckSpec]:
    specs = []
    for function in functions_of(module):
        mark = mark_of(function)
        if mark is not None:
            specs.append(CheckSpec(function.__name__, title_of(function), hidden, mark.points, mark.needs))
    return specs


def _module(name: str, source: str, path: Path) -> types.ModuleType:
    module = types.ModuleType(f"drycloud_{name}_{path.stem}")
    module.__file__ = str(path)
    try:
        with contextlib.redirect_stdout(sys.stderr):  # standard output may be waiting for reports in JSON
            exec(compile(source, str(path), "exec", dont_inherit=True), module.__dict__)
    except SyntaxError as error:
        raise CourseError(f"not Python: {error.msg}", where=path, line=error.lineno) from None
    except Exception as error:
        line = _line_in(path, error)
        raise CourseError(f"{type(error).__name__}: {error}", where=path, line=line, hint="correct the check") from None
    return module


def _line_in(path: Path, error: BaseException) -> int | None:
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line or getattr(sys.exc_info()[1], "lineno", None)
