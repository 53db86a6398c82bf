"""`summary(…)`: what a mark will be made of, and how many of the visible points are earned so far."""

from drycloud.lab import pace
from drycloud.lab.show import show_lines
from drycloud.report import Frozen


class Made(Frozen, frozen=True):
    """A check that was run: its points, and whether it passed."""

    title: str
    points: float
    passed: bool


made: dict[str, Made] = {}  # the checks of the current world, by name, with their last outcome


def passed(name: str) -> bool:
    """Whether the check of that name passed when it was last run."""
    return name in made and made[name].passed


def summary(  # noqa: PLR0913  # numbers by name, as they stand in released notebooks
    *,
    points: float = 0,
    visible: float = 0,
    hidden: int = 0,
    answers: int = 0,
    seconds: float = 0,
    processes: int = 0,
) -> None:
    """Show how the step's mark of `points` is made up.

    `visible` are the points of the checks in this notebook, `hidden` is the number of checks that run only in grading,
    `answers` the number of answers in prose that a teacher marks. Works before and after the scene. `seconds` and
    `processes` are limits of grading: code that exceeded them is reported.
    """
    lines = []
    if visible or hidden:
        seen = f"{visible:g} of {_points(points)} can be seen here"
        more = f"{hidden} more {'check is' if hidden == 1 else 'checks are'} made when you hand in"
        lines.append(f"{seen}; {more}." if hidden else f"{seen}.")
    if visible:
        lines.append(_so_far(visible))
    if answers:
        read = "your answer" if answers == 1 else f"your {answers} answers"
        lines.append(f"A teacher reads and marks {read}{'' if lines else f', for {_points(points)} in all'}.")
    show_lines([*lines, *pace.warnings(seconds, processes)])


def _so_far(visible: float) -> str:
    if not made:
        return "Run the checks above to see how many of these points you have by now."
    earned = sum(check.points for check in made.values() if check.passed)
    text = f"By the checks above you have {earned:g} of these {_points(visible)} now."
    is_all = sum(check.points for check in made.values()) >= visible
    return text if is_all else f"{text} Not all of them have been run."


def _points(number: float) -> str:
    return f"{number:g} {'point' if number == 1 else 'points'}"
