"""Several variants of a step, merged into its one Report: a check passes only if it passes in each."""

from drycloud.grading.stage import StageResult
from drycloud.grading.suite import CheckSpec, Suite
from drycloud.report import CheckOutcome, CheckResult, Report, Run

_WORST_FIRST = ("broke", "failed", "skipped", "passed")

Names = tuple[str, str, str]


def merge(names: Names, suite: Suite, results: list[StageResult]) -> Report:
    """The Report on a step from its variants; the run that is shown is the first that went wrong."""
    faults = [result.fault for result in results if result.fault]
    checks = [_merge_check(spec, results, faults) for spec in suite.checks]
    shown = next((r for r in results if r.run.outcome != "finished"), None) or next(
        (r for r in results if any(v.outcome != "passed" for v in r.verdicts)), results[0]
    )
    broke = any(check.outcome == "broke" for check in checks)
    return Report(
        *names,
        status="needs_grading" if broke else "graded",
        score=round(sum(check.earned for check in checks), 6),
        points=suite.points,
        run=shown.run,
        checks=checks,
        trail=shown.trail,
        bill=shown.bill,
    )


def refuse(names: Names, suite: Suite, why: str) -> Report:
    """The Report on a submission that could not be read: nothing was run, nothing is earned."""
    checks = [_result(spec, "skipped", "Nothing was run.") for spec in suite.checks]
    return Report(*names, "graded", 0.0, suite.points, Run("refused", why), checks)


def _merge_check(spec: CheckSpec, results: list[StageResult], faults: list[str]) -> CheckResult:
    if faults:
        return _result(spec, "broke", f"Grading this step broke ({faults[0]}); it is graded by hand.")
    found = [verdict for result in results for verdict in result.verdicts if verdict.name == spec.name]
    if not found:  # the run was lost: there is nothing to look at
        return _result(spec, "skipped", "Your code did not come to an end that could be looked at.")
    worst = min(found, key=lambda verdict: _WORST_FIRST.index(verdict.outcome))
    return _result(spec, worst.outcome, worst.message)


def _result(spec: CheckSpec, outcome: CheckOutcome, message: str) -> CheckResult:
    return CheckResult(
        name=spec.name,
        title=spec.title,
        hidden=spec.hidden,
        outcome=outcome,
        points=spec.points,
        earned=spec.points if outcome == "passed" else 0.0,
        message=message,
    )
