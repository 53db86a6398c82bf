"""Several variants of a step, merged into its one Report: a check passes only if it passes in each."""

import msgspec
from msgspec import structs

from drycloud.grading.stage import StageResult
from drycloud.grading.suite import CheckSpec, Suite
from drycloud.notebook import Prose
from drycloud.report import Call, CheckOutcome, CheckResult, Report, Run, RunOutcome, answer_name

_WORST_FIRST = ("broke", "failed", "skipped", "passed")

_ROOM_FOR_CALLS = 1024**2  # bytes of the parameters of all calls
_CALLS_CUT = "What its later calls asked for is left out of the list of calls, which would be too long."

Names = tuple[str, str, str]


def merge(names: Names, suite: Suite, results: list[StageResult], prose: Prose | None = None) -> Report:
    """The Report on a step from its variants; the report shows the first run that went wrong.

    A step without a task has no variants, and one without answer cells has no prose. A variant without verdicts does
    not change the points: the step waits for a mark by hand.
    """
    faults = _without_verdicts(suite, results)
    checks = _say_reason_once([_merge_check(spec, results, faults) for spec in suite.checks])
    checks += _answers(suite, prose) if prose else []
    shown = next((r for r in results if r.run.outcome != "finished"), None) or next(
        (r for r in results if any(v.outcome != "passed" for v in r.verdicts)), (results or [StageResult(Run())])[0]
    )
    trail, notes = _cut_trail(shown.trail)
    return Report(
        *names,
        status="needs_grading" if {check.outcome for check in checks} & {"broke", "waiting"} else "graded",
        score=round(sum(check.earned for check in checks), 2),
        points=suite.points,
        run=shown.run,
        checks=checks,
        trail=trail,
        bill=shown.bill,
        faults=_faults(names, faults, results),
        notes=notes,
    )


def _cut_trail(trail: list[Call]) -> tuple[list[Call], list[str]]:
    """The calls, cut to the size of a report, and a note if their parameters were cut."""
    room, calls = _ROOM_FOR_CALLS, []
    for call in trail:
        room -= len(msgspec.json.encode(call.parameters))
        calls.append(call if room >= 0 else structs.replace(call, parameters={}))
    return calls, [_CALLS_CUT] if room < 0 else []


def _without_verdicts(suite: Suite, results: list[StageResult]) -> list[str]:
    """The reason for each variant that lacks a verdict on some check, and one if no variant was run."""
    wanted = {spec.name for spec in suite.checks}
    if wanted and not results:
        return ["it was not run"]
    silent = [result for result in results if result.fault or wanted - {verdict.name for verdict in result.verdicts}]
    return [result.fault or "a run came to no verdict" for result in silent]


def _faults(names: Names, faults: list[str], results: list[StageResult]) -> list[str]:
    """The faults of all variants, without duplicates."""
    found = [f"exercises/{names[1]}/{names[2]}.py: {fault}" for fault in faults]
    found += [verdict.fault for result in results for verdict in result.verdicts if verdict.fault]
    return list(dict.fromkeys(found))


def refuse(names: Names, suite: Suite, why: str, outcome: RunOutcome = "refused") -> Report:
    """The Report on a submission that is missing or cannot be read: nothing was run, and it earns nothing."""
    checks = [_result(spec, "skipped", "Nothing was run.") for spec in suite.checks]
    checks += [_answer(suite, number, "skipped", "Nothing was read.") for number in range(1, len(suite.rubrics) + 1)]
    return Report(*names, "graded", 0.0, suite.points, Run(outcome, why), checks)


def _merge_check(spec: CheckSpec, results: list[StageResult], faults: list[str]) -> CheckResult:
    if faults:
        return _result(spec, "broke", "This could not be graded, which is not your fault: it is graded by hand.")
    found = [verdict for result in results for verdict in result.verdicts if verdict.name == spec.name]
    worst = min(found, key=lambda verdict: _WORST_FIRST.index(verdict.outcome))
    return _result(spec, worst.outcome, worst.message)


def _say_reason_once(checks: list[CheckResult]) -> list[CheckResult]:
    """Say each reason once: of failed checks with the same message, the later ones refer to the first."""
    calls: dict[str, str] = {}
    found = []
    for check in checks:
        if check.outcome == "failed" and (first := calls.setdefault(check.message, check.title)) != check.title:
            check = structs.replace(check, message=f"The reason is the same as for “{first}”")
        found.append(check)
    return found


def _answers(suite: Suite, prose: Prose) -> list[CheckResult]:
    """An answer waits for a teacher; a missing one earns nothing, unless it may be elsewhere in the notebook."""
    found = []
    for number, text in enumerate(prose.answers, start=1):
        if text:
            found.append(_answer(suite, number, "waiting", "A teacher reads this and marks it."))
        elif prose.elsewhere:
            message = "There is nothing in this cell. Your text elsewhere in the notebook is read by a teacher."
            found.append(_answer(suite, number, "waiting", message))
        else:
            found.append(_answer(suite, number, "failed", "There is no answer in this cell."))
    return found


def _answer(suite: Suite, number: int, outcome: CheckOutcome, message: str) -> CheckResult:
    rubric = suite.rubrics[number - 1]
    return CheckResult(answer_name(number), rubric.title, True, outcome, rubric.points, 0.0, message)


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
