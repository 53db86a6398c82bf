"""The result of grading one step of one submission: frozen, versioned, JSON in and out."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec
from msgspec import Struct, structs

RunOutcome = Literal["finished", "raised", "timed_out", "out_of_memory", "killed", "refused", "not_handed_in"]
CheckOutcome = Literal["passed", "failed", "skipped", "broke", "waiting"]
Status = Literal["graded", "needs_grading"]

RUNS: dict[RunOutcome, str] = {  # what became of a run, as people read it
    "finished": "Your code ran to its end.",
    "raised": "Your code stopped with an error. The checks look at what it had done by then.",
    "timed_out": "Your code took too long and was stopped. The checks look at what it had done by then.",
    "out_of_memory": "Your code needed more memory than there is, and was stopped. "
    "The checks look at what it had done by then.",
    "killed": "Your code was ended before it was done. The checks look at what it had done by then.",
    "refused": "Your code was not run.",
    "not_handed_in": "Nothing was handed in.",
}
OUTCOMES: dict[CheckOutcome, tuple[str, str]] = {  # a sign and words
    "passed": ("✓", "passed"),
    "failed": ("✗", "not yet"),
    "skipped": ("·", "waits"),
    "broke": ("!", "could not be graded"),
    "waiting": ("…", "a teacher marks this"),
}
_ANSWER = "answer-"  # no function's name


class Frozen(Struct, frozen=True, forbid_unknown_fields=True):
    """A value that is never changed and never takes a field that it does not know."""


class Run(Frozen, frozen=True):
    """What became of the student's code. `seconds` is wall time; the texts are cut to the course's limits."""

    outcome: RunOutcome = "finished"
    message: str = ""
    seconds: float = 0.0
    stdout: str = ""
    stderr: str = ""


class CheckResult(Frozen, frozen=True):
    """One check: students read its title, and its message when it did not pass.

    An answer in prose is one too, and `waiting` until somebody marks it.
    """

    name: str
    title: str
    hidden: bool
    outcome: CheckOutcome
    points: float
    earned: float
    message: str = ""

    @property
    def is_answer(self) -> bool:
        """Whether this is an answer in prose, which a teacher marks."""
        return self.name.startswith(_ANSWER)


class Call(Frozen, frozen=True):
    """One API call of the student's run; `at` is seconds after its start, `error` an AWS error code."""

    at: float
    service: str
    operation: str
    region: str
    parameters: dict[str, Any] = {}
    error: str | None = None


class BillItem(Frozen, frozen=True):
    """One line of a bill: what is left, and its cost per month (US dollars; None: the price is unknown)."""

    what: str
    count: float
    unit: str
    monthly_usd: float | None

    @property
    def in_words(self) -> str:
        """In words, such as '1 t3.micro' or '8 GiB gp3'."""
        size = f" {self.unit}" if self.unit not in ("running", "allocated") else ""
        return f"{self.count:g}{size} {self.what}{'' if self.monthly_usd is not None else ' (price unknown)'}"


class Bill(Frozen, frozen=True):
    """What is left, with prices; and the monthly cost before the student's code ran."""

    monthly_usd: float = 0.0
    items: list[BillItem] = []
    before_usd: float = 0.0

    @property
    def in_words(self) -> str:
        """In one line: what is left, its cost, and a comparison with before; empty if nothing is left."""
        return self._in_words(self._compared)

    @property
    def in_words_without_saving(self) -> str:
        """The same, without the comparison if the cost fell: something may be gone that should have stayed."""
        return self._in_words(self._compared if self.monthly_usd >= self.before_usd else "")

    def _in_words(self, compared: str) -> str:
        if not self.items:
            return f"Nothing is left that costs anything{compared}." if self.before_usd else ""
        running = any(item.unit == "running" for item in self.items)
        left = "Left running" if running else "Left in the account"
        return f"{left}: {', '.join(item.in_words for item in self.items)}: {self._amount} a month{compared}."

    @property
    def _amount(self) -> str:
        if any(item.monthly_usd is None for item in self.items):
            return f"at least ${self.monthly_usd:,.2f}"
        return f"about ${self.monthly_usd:,.2f}" if self.monthly_usd else "less than a cent"

    @property
    def _compared(self) -> str:
        difference = round(self.monthly_usd - self.before_usd, 2)
        if not difference:
            return ", as before your code ran" if self.monthly_usd else ""
        return f", ${abs(difference):,.2f} {'more' if difference > 0 else 'less'} than before your code ran"


class Report(Frozen, frozen=True):
    """The verdict on one step: `score` of `points`, and everything that explains it.

    `notes` say how unusual work was read. `unread` was handed in, was not run and may be work:
    the step then waits for a teacher, unless its checks passed without it.
    """

    student: str
    assignment: str
    step: str
    status: Status
    score: float
    points: float
    run: Run
    checks: list[CheckResult]
    trail: list[Call] = []
    bill: Bill = Bill()
    faults: list[str] = []  # where and why the engine or a grader failed: for teachers, not for students
    notes: list[str] = []
    unread: list[str] = []
    schema: Literal[1] = 1

    @property
    def costs(self) -> str:
        """What is left and its cost, in one line; says that it is less than before only if all checks passed."""
        is_right = all(check.outcome in ("passed", "waiting") for check in self.checks)
        return self.bill.in_words if is_right else self.bill.in_words_without_saving

    @property
    def is_checked(self) -> bool:
        """Whether the engine has marked everything that it can mark; answers in prose may still wait for a teacher."""
        outcomes = {check.outcome for check in self.checks}
        return self.status == "graded" or ("waiting" in outcomes and "broke" not in outcomes and not self.unread)

    def settled(self) -> "Report":
        """The same report without what depends on the time.

        Measured times, what was printed (it may hold the time), the order of calls (a sync's race), and how often the
        same was asked (until a machine runs).
        """
        calls = {repr(settled): settled for settled in (structs.replace(call, at=0.0) for call in self.trail)}
        return structs.replace(
            self,
            run=structs.replace(self.run, seconds=0.0, stdout="", stderr=""),
            trail=[calls[text] for text in sorted(calls)],
        )


def answer_name(number: int) -> str:
    """The name of the answer in the answer cell of that number, in reports and as a notebook cell."""
    return f"{_ANSWER}{number}"


def amount(points: float) -> str:
    """Points or a penalty as people read them: to two decimals, without trailing zeros."""
    text = f"{points:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def to_json(reports: Iterable[Report]) -> Iterator[bytes]:
    """A JSON list of reports, indented, one chunk for each report."""
    begin = b"["
    for report in reports:
        one = msgspec.json.format(msgspec.json.encode([report]), indent=2)
        yield begin + one.removeprefix(b"[").removesuffix(b"\n]")
        begin = b","
    yield b"[]\n" if begin == b"[" else b"\n]\n"


def from_json(data: bytes) -> list[Report]:
    """Reports from a JSON list; raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(data, type=list[Report])
