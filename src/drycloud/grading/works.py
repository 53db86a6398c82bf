"""What is to be graded: plain data, which costs nothing to import."""

from pathlib import Path

from drycloud.report import Frozen


class Work(Frozen, frozen=True):
    """One step of a submission: `path` is what was handed in for it, None when nothing was.

    It is graded so many `times`, from one scene for each variant, with a Report for each time. `notes` and `unread`
    tell how it was found, as those of a Report do.
    """

    step: str
    path: Path | None
    times: int = 1
    notes: list[str] = []
    unread: list[str] = []


class Submission(Frozen, frozen=True):
    """What one student handed in for one assignment.

    `lost` is the reason why it is not run any more, and waits for a hand: '' unless what graded it was lost each time.
    """

    student: str
    assignment: str
    works: list[Work]
    lost: str = ""
