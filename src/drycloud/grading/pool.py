"""Many submissions: worker processes, as many as requested, forked from one warm parent."""

import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext
from typing import TYPE_CHECKING, Any

import msgspec

from drycloud.course import Course
from drycloud.errors import CourseError, DrycloudError, SandboxError
from drycloud.grading.guest import GUEST
from drycloud.grading.leftovers import multiprocessing_in_locked_folder, sweep_folders
from drycloud.grading.works import Submission
from drycloud.report import Frozen, Report
from drycloud.sandbox import Launcher, raise_limits
from drycloud.sandbox.cgroups import sweep as sweep_groups

if TYPE_CHECKING:
    from drycloud.grading.submission import Grader

_ATTEMPTS = 2
_LOST = "the process that graded it ended twice without a result"


class Failure(Frozen, frozen=True):
    """Why a submission could not be graded: our fault or the machine's."""

    kind: str
    message: str


Answer = list[Report] | Failure
Job = tuple[Submission, int]


def grade_all(
    course: Course, secret: bytes, submissions: Iterable[Submission], jobs: int
) -> Iterator[tuple[Submission, list[Report]]]:
    """Grade submissions, `jobs` at a time; yields each when it is done.

    Raises SandboxError or CourseError if nothing can be graded at all. A submission whose worker dies or has no
    sandbox is tried once more, and then waits for a mark by hand; if even that fails, the DrycloudError names
    it. Leaving the loop early ends all workers.
    """
    waiting: list[Job] = [(submission, 1) for submission in submissions][::-1]
    sweep_folders()
    sweep_groups()
    if not waiting:
        return
    raise_limits()
    multiprocessing_in_locked_folder()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["drycloud.grading.uncollected", "drycloud.grading.warm"])
    with _ignoring_interrupts():
        forkserver.ensure_running()
    launcher = _launcher()  # the workers' parent warms up meanwhile
    idle: list[_Worker] = []
    busy: dict[Connection[Any, Any], tuple[_Worker, Job]] = {}
    is_possible = False  # whether anything was graded yet
    try:
        while waiting or busy:
            while waiting and len(busy) < jobs:
                worker = idle.pop() if idle else _Worker(context, launcher, course, secret)
                busy[worker.pipe] = (worker, waiting.pop())
                worker.give(busy[worker.pipe][1][0])
            for pipe in [end for end in busy if end in wait(list(busy))]:
                worker, job = busy.pop(pipe)
                answer = worker.answer()
                again = _again(job, answer, is_possible=is_possible)
                if _is_lost(answer):
                    worker.kill()
                else:
                    idle.append(worker)
                if again:
                    waiting.append(again)
                else:
                    is_possible = True
                    yield job[0], _reports(answer, job[0])
        for worker in idle:
            worker.end()
    finally:
        for worker in [*idle, *(worker for worker, _ in busy.values())]:
            worker.kill()
        if launcher:
            launcher.close()


class _Worker:
    """A process that grades what it is given, one submission after another."""

    def __init__(self, context: ForkServerContext, launcher: Launcher | None, course: Course, secret: bytes):
        self.pipe, theirs = context.Pipe()
        line = _line(launcher)
        self._process = context.Process(target=_work, args=(theirs, line, course, secret), daemon=False)
        with _no_main():
            self._process.start()
        theirs.close()
        if line:
            line.close()

    def give(self, submission: Submission) -> None:
        """Send it a submission; a dead worker is noticed when its answer is read."""
        with contextlib.suppress(OSError):
            self.pipe.send(submission)

    def answer(self) -> Answer | None:
        """Its answer, or None if the worker died."""
        try:
            return msgspec.json.decode(self.pipe.recv_bytes(), type=list[Report] | Failure)
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        """Let it exit by itself, so that its processor time, and its sandboxes', is counted for its parent."""
        self.pipe.close()
        self._process.join()

    def kill(self) -> None:
        """End it at once; its sandboxes die with it."""
        self._process.kill()
        self._process.join()


def _launcher() -> Launcher | None:
    """One launcher for all workers; None if it cannot start: a worker that needs one then reports why."""
    with contextlib.suppress(SandboxError):
        return Launcher(GUEST)
    return None


def _line(launcher: Launcher | None) -> socket.socket | None:
    """A worker's connection to its own zygote; None if there is none: the worker then starts a launcher itself."""
    with contextlib.suppress(SandboxError):
        return launcher.line() if launcher else None
    return None


@contextlib.contextmanager
def _no_main() -> Iterator[None]:
    """Hide the program from multiprocessing, which would import it again in each worker (nbgrader: 2.5 s)."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextlib.contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Processes started in this block ignore Ctrl-C from their start: this process handles it, with one line."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def usual_jobs(each: int = 2) -> int:
    """`each` for every processor that this process may use: a run that waits for an instance needs no processor.

    Starting one more takes a second of processor time, which more than that do not save in a small class.
    """
    return each * len(os.sched_getaffinity(0))


def _is_lost(answer: Answer | None) -> bool:
    """Whether a worker died, or had no sandbox: another worker may succeed."""
    return answer is None or (isinstance(answer, Failure) and answer.kind == SandboxError.__name__)


def _again(job: Job, answer: Answer | None, *, is_possible: bool) -> Job | None:
    """The job to try again: a submission that was lost, or finally only a report that says so.

    `is_possible`: others were graded, so a sandbox works on this machine.
    """
    submission, attempt = job
    if not _is_lost(answer):
        return None
    if attempt < _ATTEMPTS:
        return submission, attempt + 1
    if not submission.lost and (is_possible or answer is None):
        why = answer.message if isinstance(answer, Failure) else _LOST
        return msgspec.structs.replace(submission, lost=why), attempt + 1
    return None


def _reports(answer: Answer | None, submission: Submission) -> list[Report]:
    if isinstance(answer, list):
        return answer
    name = f"{submission.student}, {submission.assignment}"
    if answer is None:
        raise DrycloudError(f"grading {name} ended twice without a result", hint="grade again; the rest is kept")
    kinds: dict[str, Callable[[str], DrycloudError]] = {
        "CourseError": CourseError,
        "SandboxError": SandboxError,
    }
    raise kinds.get(answer.kind, DrycloudError)(answer.message)


def _work(pipe: "Connection[Any, Any]", line: socket.socket | None, course: Course, secret: bytes) -> None:
    # The warm parent has these loaded; the coordinator needs none of them. Where it could not load warm, it said
    # nothing, and the cloud would be without its patches: that is an error here.
    import drycloud.grading.warm  # noqa: F401
    from drycloud.grading.checker import in_session
    from drycloud.grading.submission import Grader

    def serve() -> None:
        with Grader(course, secret, line) as grader, contextlib.suppress(EOFError, OSError):
            while True:
                pipe.send_bytes(msgspec.json.encode(_graded(grader, pipe.recv())))

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the coordinator handles Ctrl-C, and ends us
    os.dup2(2, 1)  # the output of a scene or check must not mix with the reports on standard output
    in_session(serve)


def _graded(grader: "Grader", submission: Submission) -> Answer:
    try:
        return grader.grade(submission)
    except Exception as error:
        known = isinstance(error, DrycloudError)
        text = str(error) if known else f"{submission.student}: {type(error).__name__}: {error}"
        return Failure(type(error).__name__, text)
