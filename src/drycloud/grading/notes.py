"""What a report says about how work was handed in, and when a teacher must look at it."""

from msgspec import structs

from drycloud.report import CheckResult, Report

_WAITS = "A teacher looks at what you handed in."


def annotated(report: Report, notes: list[str], unread: list[str]) -> Report:
    """The report with these lines. Possible work that was not run makes it wait, unless all checks passed."""
    checks = [check for check in report.checks if not check.is_answer]
    if not unread or (checks and all(check.outcome == "passed" for check in checks)):
        return structs.replace(report, notes=[*report.notes, *notes, *unread])
    return structs.replace(
        report,
        status="needs_grading",
        checks=[_waiting(check) if check.is_answer else check for check in report.checks],
        notes=[*report.notes, *notes],
        unread=[*report.unread, *unread],
    )


def _waiting(answer: CheckResult) -> CheckResult:
    """Make a missing answer wait: it may be in what was not read."""
    return answer if answer.outcome == "waiting" else structs.replace(answer, outcome="waiting", message=_WAITS)
