"""Many submissions: a process for each, as many at a time as asked for, forked from one warm parent."""

import contextlib
import multiprocessing
import os
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import msgspec

from drycloud.course import Course
from drycloud.errors import CourseError, DrycloudError, SandboxError
from drycloud.grading.submission import Grader, Submission
from drycloud.report import Frozen, Report

_ATTEMPTS = 2


class Failure(Frozen, frozen=True):
    """Why a submission could not be graded: our fault or the machine's."""

    kind: str
    message: str


Answer = list[Report] | Failure
Job = tuple[Submission, int]


def grade_all(
    root: Path, course: Course, secret: bytes, submissions: Iterable[Submission], jobs: int
) -> Iterator[tuple[Submission, list[Report]]]:
    """Grade submissions, `jobs` at a time; yields each as it is done.

    Raises SandboxError or CourseError when nothing can be graded at all. A worker that dies is tried once
    more, then the DrycloudError names the submission. Leaving the loop early ends all workers.
    """
    waiting: list[Job] = [(submission, 1) for submission in submissions][::-1]
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["drycloud.grading.warm"])
    running: dict[Connection[Any, Any], tuple[BaseProcess, Job]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                job = waiting.pop()
                ours, theirs = context.Pipe(duplex=False)
                process: BaseProcess = context.Process(
                    target=_work, args=(theirs, root, course, secret, job[0]), daemon=False
                )
                with _no_main():
                    process.start()
                theirs.close()
                running[ours] = (process, job)
            for ours in [end for end in running if end in wait(list(running))]:
                process, job = running.pop(ours)
                answer = _received(ours, process)
                if answer is None and job[1] < _ATTEMPTS:
                    waiting.append((job[0], job[1] + 1))
                else:
                    yield job[0], _reports(answer, job[0])
    finally:
        for process, _ in running.values():
            process.terminate()
            process.join()


@contextlib.contextmanager
def _no_main() -> Iterator[None]:
    """Hide the program from multiprocessing, which would import it again in each worker (nbgrader: 2.5 s)."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def _received(ours: Connection, process: BaseProcess) -> Answer | None:
    try:
        answer = msgspec.json.decode(ours.recv_bytes(), type=list[Report] | Failure)
    except (EOFError, OSError):
        answer = None
    ours.close()
    process.join()
    return answer


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


def _work(pipe: Connection, root: Path, course: Course, secret: bytes, submission: Submission) -> None:
    answer: Answer
    try:
        answer = Grader(root, course, secret).grade(submission)
    except Exception as error:
        known = isinstance(error, DrycloudError)
        text = str(error) if known else f"{submission.student}: {type(error).__name__}: {error}"
        answer = Failure(type(error).__name__, text)
    pipe.send_bytes(msgspec.json.encode(answer))
