"""Checks: what pytest makes of them, and how variants come together."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from drycloud.cloud.account.snapshot import Snapshot
from drycloud.cloud.account.trail import Trail
from drycloud.cloud.clients.links import Page
from drycloud.errors import CourseError
from drycloud.grading import checker
from drycloud.grading.checker import Verdict, run_checks
from drycloud.grading.evidence import MAX_TEXT, Answers, Evidence, File
from drycloud.grading.merge import merge
from drycloud.grading.stage import StageResult
from drycloud.grading.suite import load_suite
from drycloud.notebook import Cell, Exercise
from drycloud.report import Bill, Call, Run

GRADER = '''
from drycloud import check

@check(points=1)
def test_given(given):
    """What is given."""
    print("noise that goes nowhere")
    assert given.n == 1, "n is not 1"

@check(points=2, needs=test_given)
def test_answer(answers):
    """The answer."""
    assert answers.n == 2, "n is not 2"

@check(points=2, needs=test_answer)
def reached_last(after):
    """What comes after."""

@check(points=2)
def test_broken(before):
    """A broken one."""
    {}["x"]

@check(points=2)
def test_exits():
    """One that exits."""
    raise SystemExit(0)
'''


@pytest.fixture
def suite(tmp_path):
    exercise = Exercise(tmp_path / "e.py", [Cell("check", "")])
    (tmp_path / "e.py").touch()
    (tmp_path / "g.py").write_text(GRADER)
    return load_suite(exercise, tmp_path / "g.py")


def outcomes(suite, given, answers):
    evidence = Evidence(
        Snapshot(),
        Snapshot(),
        SimpleNamespace(**given),
        Answers(answers),
        {},
        {},
        Trail(),
        Bill(),
        lambda name: name,
        lambda url: Page(),
    )
    return {verdict.name: verdict for verdict in run_checks(suite, evidence)}


def test_outcomes(suite):
    """Passed, failed with the assertion's own words, skipped for what it needs, and broke for anything else."""
    found = outcomes(suite, {"n": 1}, {"n": 3})
    assert {name: verdict.outcome for name, verdict in found.items()} == {
        "test_given": "passed",
        "test_answer": "failed",
        "reached_last": "skipped",
        "test_broken": "broke",
        "test_exits": "broke",
    }
    assert found["test_answer"].message == "n is not 2"
    assert found["reached_last"].message == "Waits until “The answer.” passes."
    assert "KeyError" not in found["test_broken"].message  # students need no name of a class
    assert "GRADER" not in str(found)
    fault = found["test_broken"].fault
    assert re.search(r"/g\.py:\d+: test_broken broke: KeyError: x$", fault)
    assert fault.split(": ")[-1] not in found["test_broken"].message.split(": ")[-1]  # the reason is ours


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("def test_a(after, befor):", "test_a asks for 'befor', which is not a fixture — did you mean"),
        ("def test_a(request):", "asks for 'request'"),
        ("def test_a(before, *, nonsense):", "asks for 'nonsense', which is not a fixture — there is: "),
    ],
)
def test_a_misspelt_fixture_is_told_at_once(tmp_path, check, words):
    """It names itself, its line, and what there is, instead of breaking for each student."""
    (tmp_path / "g.py").write_text(f"from drycloud import check\n\n\n@check(points=1)\n{check}\n    'A title.'\n")
    exercise = Exercise(tmp_path / "e.py", [Cell("check", "")])
    with pytest.raises(CourseError) as refused:
        load_suite(exercise, tmp_path / "g.py")
    assert words in str(refused.value)
    assert "before, after, given, answers, files" in str(refused.value)
    assert str(refused.value).startswith(f"{tmp_path}/g.py:4: ")


def test_an_argument_with_a_value_is_no_fixture(tmp_path):
    """A default may stand in a check's head."""
    (tmp_path / "g.py").write_text(
        "from drycloud import check\n@check(points=1)\ndef test_a(after, most=3):\n    'A.'\n"
    )
    assert load_suite(Exercise(tmp_path / "e.py", [Cell("check", "")]), tmp_path / "g.py").points == 1


def test_a_missing_answer_fails_kindly(suite):
    """A variable that the student did not set fails the check, and does not break it."""
    verdict = outcomes(suite, {"n": 1}, {})["test_answer"]
    assert verdict.outcome == "failed"
    assert "no variable `n`" in verdict.message


def test_a_check_passes_only_in_every_variant(suite):
    """The worst of the variants counts; a broken check makes the report wait for a hand."""

    def result(*marks):
        return StageResult(Run(), [Verdict(spec.name, mark) for spec, mark in zip(suite.checks, marks, strict=True)])

    good = ["passed"] * 5
    report = merge(("a", "b", "c"), suite, [result(*good), result("passed", "failed", *good[2:])])
    assert (report.score, report.points, report.status) == (7, 9, "graded")
    broken = merge(("a", "b", "c"), suite, [result(*good), result("broke", *good[1:])])
    assert (broken.score, broken.status) == (8, "needs_grading")
    faulty = merge(("a", "b", "c"), suite, [StageResult(Run(), fault="the scene broke")])
    assert (faulty.score, faulty.status) == (0, "needs_grading")


def test_a_variant_without_verdicts_neither_helps_nor_costs(suite):
    """Whatever became of it, and whatever came of the others: nothing is earned or lost without a hand."""
    good = StageResult(Run(), [Verdict(spec.name, "passed") for spec in suite.checks])
    silent = (StageResult(Run()), StageResult(Run("killed"), lost=True), StageResult(Run(), good.verdicts[1:]))
    for results in ([], *([one] for one in silent), *([good, one] for one in silent), *([one, good] for one in silent)):
        report = merge(("a", "b", "c"), suite, results)
        assert (report.score, report.status) == (0, "needs_grading")
        assert {check.outcome for check in report.checks} == {"broke"}
        assert report.faults


def test_a_list_of_calls_has_a_bound(suite):
    """All calls are told, and what they asked for as long as a page has room for it."""
    few, many = ([Call(0.0, "s3", "GetObject", "us-east-1", {"Key": "k" * 1000})] * count for count in (500, 2000))
    verdicts = [Verdict(spec.name, "passed") for spec in suite.checks]
    report = merge(("a", "b", "c"), suite, [StageResult(Run(), verdicts, few)])
    assert (report.trail, report.notes) == (few, [])
    report = merge(("a", "b", "c"), suite, [StageResult(Run(), verdicts, many)])
    assert len(report.trail) == 2000
    assert report.trail[:1000] == many[:1000]
    assert report.trail[-1] == Call(0.0, "s3", "GetObject", "us-east-1", {})
    assert "left out" in report.notes[0]


def test_one_cause_is_told_once(suite):
    """Of failed checks with the same message, the later ones point to the first; other outcomes keep theirs."""
    told = [("failed", "No machine."), ("failed", "No machine."), ("skipped", "No machine."), ("failed", "Else.")]
    verdicts = [Verdict(spec.name, *each) for spec, each in zip(suite.checks, [*told, ("passed",)], strict=True)]
    report = merge(("a", "b", "c"), suite, [StageResult(Run(), verdicts)] * 2)
    same = "The reason is the same as for “What is given.”"
    assert [check.message for check in report.checks] == ["No machine.", same, "No machine.", "Else.", ""]


def test_a_missing_answer_of_a_run_that_was_cut_short_says_so():
    """Who reads it looks at where the code stopped, and not for a name that was misspelt."""
    for is_cut_short, words in ((True, "Your code stopped before its end."), (False, "Set it to your answer.")):
        with pytest.raises(AssertionError, match="There is no variable `rows`") as failed:
            _ = Answers({}, is_cut_short=is_cut_short).rows
        assert str(failed.value).endswith(words)


def test_names_are_unique(tmp_path):
    """A visible and a hidden check of one name are refused."""
    same = '@check(points=1)\ndef test_a():\n    """A."""\n'
    exercise = Exercise(Path(tmp_path / "e.py"), [Cell("check", f"from drycloud import check\n{same}")])
    (tmp_path / "g.py").write_text(f"from drycloud import check\n{same}")
    with pytest.raises(CourseError, match="two checks are named test_a"):
        load_suite(exercise, tmp_path / "g.py")


SLOW = '''
import re
from drycloud import check

@check(points=1)
def test_quick():
    """A quick one."""

@check(points=1)
def test_loops(answers):
    """One that takes as long as an answer makes it."""
    for _ in range(answers.n):
        pass

@check(points=1)
def test_matches(answers):
    """One whose pattern takes as long as an answer makes it."""
    re.match("(a*)*b", answers.text)

@check(points=1)
def test_later():
    """A quick one that comes later."""
'''


@pytest.mark.parametrize(("n", "text"), [(10**12, ""), (1, "a" * 40)], ids=["loop", "pattern"])
def test_a_check_that_takes_too_long_is_failed(n, text, tmp_path, monkeypatch):
    """It is what it looked at that makes it slow, and no fault of ours; those before it count as they are."""
    monkeypatch.setattr(checker, "_PROCESSOR_SECONDS", 0.5)
    (tmp_path / "g.py").write_text(SLOW)
    found = outcomes(load_suite(Exercise(tmp_path / "e.py", []), tmp_path / "g.py"), {}, {"n": n, "text": text})
    assert {name: verdict.outcome for name, verdict in found.items()} == {
        "test_quick": "passed",
        "test_loops": "failed" if n > 1 else "passed",
        "test_matches": "failed",
        "test_later": "failed",
    }
    assert "longer than grading may take" in found["test_later"].message


def test_a_text_that_is_too_large_fails_the_check_that_reads_it():
    """A check's work on a text is bounded by the text's size; that it is too large is said in the report."""
    assert len(File(b"a" * MAX_TEXT).text) == MAX_TEXT
    with pytest.raises(AssertionError, match="1048577 bytes; checks read texts of up to 1 MiB"):
        _ = File(b"a" * (MAX_TEXT + 1)).text
