"""The work to grade: plain data, which costs nothing to import."""

from pathlib import Path

from drycloud.report import Frozen


class Work(Frozen, frozen=True):
    """One step of a submission: `path` is the file that was handed in for it, or None.

    It is graded `times` times, from one scene for each variant, with a Report for each time. `notes` and `unread`
    say how it was found, as those of a Report do.
    """

    step: str
    path: Path | None
    times: int = 1
    notes: list[str] = []
    unread: list[str] = []


class Submission(Frozen, frozen=True):
    """What one student handed in for one assignment.

    `lost` is the reason why it is not run again, and waits for a mark by hand: '' unless it was lost each time.
    """

    student: str
    assignment: str
    works: list[Work]
    lost: str = ""
