"""pytest runs the checks of one run: fixtures by name, plain assertions, and four outcomes."""

import contextlib
import io
import os
import signal
import sys
import traceback
import types
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from drycloud.grading.bounds import LITTLE, OVERRUNS, Overrun
from drycloud.grading.checks import FIXTURES, mark_of, waits_for
from drycloud.grading.evidence import Evidence
from drycloud.grading.suite import Suite, functions_of
from drycloud.report import CheckOutcome, Frozen

_MAX_MESSAGE = 2000
_PROCESSOR_SECONDS = 20.0  # for all checks of a run: some take three, and a hostile run can make them take for ever
_TOO_LONG = "To look at what your code left takes longer than grading may take."
_TOO_LARGE = "What your code left is too large, or nested too deep, for this check to look at."
# Plugins that checks cannot use, and that cost time at each start of pytest.
_UNUSED = [
    "cacheprovider",
    "doctest",
    "junitxml",
    "pastebin",
    "terminal",
    "logging",
    "debugging",
    "faulthandler",
    "nose",
    "stepwise",
    "setuponly",
    "setupplan",
    "reports",
    "legacypath",
    "threadexception",
    "unraisableexception",
    "warnings",
    "tmpdir",
    "monkeypatch",
    "recwarn",
    "capture",
    "terminalprogress",
    "subtests",
    "pytester",
    "pytester_assertions",
    "unittest",
]
_ARGUMENTS = [
    "-c",
    os.devnull,
    "--rootdir",
    "/",
    "--noconftest",
    "--assert=plain",
    "-p",
    "no:hypothesispytest",
]


class Verdict(Frozen, frozen=True):
    """The outcome of one check in one run."""

    name: str
    outcome: CheckOutcome
    message: str = ""
    fault: str = ""  # where and why it broke: for us, not for students


class TooLong(AssertionError):
    """All checks together took too long: that is a verdict on what they examined, not our fault."""


def run_checks(suite: Suite, evidence: Evidence) -> list[Verdict]:
    """Run every check of a suite on the evidence; a check without an outcome broke."""
    if _checks.session is None:
        found: list[Verdict] = []
        in_session(lambda: found.extend(run_checks(suite, evidence)))
        return found
    _checks.begin(suite, evidence)
    items = _items(suite, _checks.session)
    with _quiet(), contextlib.suppress(pytest.exit.Exception):
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    return [
        _checks.verdicts.get(spec.name, Verdict(spec.name, "broke", "This check was never made."))
        for spec in suite.checks
    ]


def in_session(work: Callable[[], None]) -> None:
    """Do `work` inside a session of pytest, in which `run_checks` runs its checks, in forks too.

    Starting a session takes four times as long as running a step's checks. Exceptions of `work` are raised.
    """
    out, err = sys.stdout, sys.stderr

    def aloud() -> None:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            work()

    _checks.work = aloud
    arguments = [*_ARGUMENTS, *(word for name in _UNUSED for word in ("-p", f"no:{name}"))]
    with _quiet():
        pytest.main(arguments, plugins=[_checks])
    if _checks.raised is not None:
        raise _checks.raised


def _items(suite: Suite, session: pytest.Session) -> list[pytest.Function]:
    """The checks as pytest's items. Their modules are loaded already: pytest itself would import the files again."""
    found: list[pytest.Function] = []
    for module, _ in suite.modules:
        collector: _CheckModule = _CheckModule.from_parent(session, path=Path(str(module.__file__)))
        collector.loaded = module
        found += collector.collect()
    return found


class _CheckModule(pytest.Module):
    """A module that is loaded already; its checks may have any names."""

    loaded: types.ModuleType

    def _getobj(self) -> types.ModuleType:
        return self.loaded

    def collect(self) -> Iterator[pytest.Function]:
        """The checks in the order of their lines."""
        for function in functions_of(self.loaded):
            yield pytest.Function.from_parent(self, name=function.__name__, callobj=function)


class _Checks:
    """The plugin: keeps the session open, provides the fixtures, and stores the outcomes."""

    work: Callable[[], None]
    suite: Suite
    evidence: Evidence

    def __init__(self) -> None:
        self.session: pytest.Session | None = None
        self.raised: BaseException | None = None
        self.verdicts: dict[str, Verdict] = {}
        self.seconds = _PROCESSOR_SECONDS  # that are left for checks

    def begin(self, suite: Suite, evidence: Evidence) -> None:
        """Set the suite and the evidence for the checks that follow."""
        self.suite, self.evidence, self.verdicts, self.seconds = suite, evidence, {}, _PROCESSOR_SECONDS

    def pytest_collection(self, session: pytest.Session) -> bool:
        """Collect nothing: items are made later, when there is something to check."""
        session.items = []
        return True

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Replaces pytest's loop over its items: the work that calls `run_checks` is done here."""
        self.session, self.raised = session, None
        try:
            self.work()
        except BaseException as error:
            self.raised = error
        finally:
            self.session = None
        return True

    def pytest_runtest_setup(self, item: pytest.Function) -> None:
        """Skip a check if one that it needs did not pass, so that one mistake costs once."""
        mark = mark_of(item.obj)
        for name in mark.needs if mark else ():
            if self.verdicts.get(name) is None or self.verdicts[name].outcome != "passed":
                pytest.skip(waits_for(next(spec.title for spec in self.suite.checks if spec.name == name)))

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self) -> Generator[None, object, object]:
        """End a check when the time of all checks is over; again each second, in case it continues."""
        if self.seconds <= 0:
            raise TooLong(_TOO_LONG)
        before = signal.signal(signal.SIGPROF, _end_check)
        signal.setitimer(signal.ITIMER_PROF, self.seconds, 1.0)
        try:
            return (yield)
        except TooLong:
            self.seconds = 0.0
            raise
        finally:
            self.seconds = min(self.seconds, signal.setitimer(signal.ITIMER_PROF, 0)[0])
            signal.signal(signal.SIGPROF, before)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Function, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Record the outcome of a check. pytest's own report would contain a traceback, which takes 0.1 s."""
        error = call.excinfo.value if call.excinfo else None
        if call.when == "call" or error is not None:
            self.verdicts[item.obj.__name__] = _verdict(item, call.when, error, self.evidence)
            _forget(error)
        assert call.when != "collect"  # for the type checker: collection has another hook
        outcome: Literal["passed", "failed"] = "passed" if error is None else "failed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)


def _end_check(*_: object) -> None:
    raise TooLong(_TOO_LONG)


def _fixture(name: str) -> Any:
    def give(self: _Checks) -> Any:
        return self.evidence.fixture(name)

    return pytest.fixture(name=name)(give)


for _name in FIXTURES:
    setattr(_Checks, f"give_{_name}", _fixture(_name))

_checks = _Checks()


def _forget(error: BaseException | None) -> None:
    """Release the objects of a check that failed: the next one may need the memory."""
    sys.last_value = sys.last_traceback = None
    if isinstance(error, OVERRUNS):
        traceback.clear_frames(error.__traceback__)


def _verdict(item: pytest.Function, when: str, error: BaseException | None, evidence: Evidence) -> Verdict:
    name = item.obj.__name__
    if error is None:
        return Verdict(name, "passed")
    if when == "setup" and isinstance(error, pytest.skip.Exception):
        return Verdict(name, "skipped", str(error.msg))
    if isinstance(error, Overrun):
        return Verdict(name, "failed", _TOO_LONG)
    if isinstance(error, OVERRUNS) and evidence.left >= LITTLE:
        return Verdict(name, "failed", _TOO_LARGE)
    if when == "call" and isinstance(error, AssertionError):
        return Verdict(name, "failed", _text(error) or "This is not so yet.")
    kind, place = type(error).__name__, _place(item, error)
    message = "This check has an error of its own, which is not your fault: it is graded by hand."
    return Verdict(name, "broke", message, f"{place}: {name} broke: {kind}: {_text(error)}")


def _text(error: BaseException) -> str:
    """The assertion's message, without what pytest or a long list may add."""
    text = str(error.args[0]) if error.args else ""
    return text if len(text) <= _MAX_MESSAGE else f"{text[:_MAX_MESSAGE]}…"


def _place(item: pytest.Function, error: BaseException) -> str:
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(item.path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return f"{item.path.parent.parent.name}/{item.path.parent.name}/{item.path.name}:{line}"


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Discard what a grader or pytest prints: it is not part of a report."""
    sink = io.StringIO()
    with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
        yield
