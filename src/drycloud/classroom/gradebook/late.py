"""The late penalty: one for an assignment, distributed over its notebooks."""

import math
from datetime import UTC, datetime

from drycloud.course import Assignment, Late

DAY = 24 * 60 * 60
_NEARLY = 1e-6  # a sum of cents may be slightly too small


def due_utc(assignment: Assignment) -> datetime | None:
    """The due date for nbgrader's gradebook: in UTC, without a time zone."""
    due = assignment.due
    return due.astimezone(UTC).replace(tzinfo=None) if due and due.tzinfo else due


def share(late: Late, seconds: float) -> float:
    """The share of the points that is lost for this lateness: per day begun, after the grace period."""
    beyond = seconds - late.grace_minutes * 60
    return min(late.max_penalty, late.penalty_per_day * math.ceil(beyond / DAY)) if beyond > 0 else 0.0


def penalties(late: Late, seconds: float, points: float, scores: dict[str, float]) -> dict[str, float]:
    """The penalty for each notebook's score, in hundredths of a point; the sum is the assignment's, or all points.

    A score may be below 0, because of negative extra credit: then there is less to subtract.
    """
    cents = {name: math.floor(100 * score + _NEARLY) for name, score in scores.items()}
    there = {name: max(0, score) for name, score in cents.items()}
    total = sum(there.values())
    penalty = min(round(100 * share(late, seconds) * points), max(0, sum(cents.values())))
    taken = {name: penalty * most // total if total else 0 for name, most in there.items()}
    for name in sorted(there, key=lambda name: penalty * there[name] % total if total else 0, reverse=True):
        if sum(taken.values()) < penalty and taken[name] < there[name]:
            taken[name] += 1
    return {name: amount / 100 for name, amount in taken.items()}
