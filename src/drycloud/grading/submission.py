"""One student's submission of one assignment: each step in its variants, a sandbox for each, a Report for each step."""

import contextlib
import hashlib
import hmac
import json
import socket
from functools import cache
from pathlib import Path
from typing import Self

from drycloud.cloud import upstream
from drycloud.course import Course
from drycloud.errors import SandboxError, SubmissionError
from drycloud.grading.bounds import read_within
from drycloud.grading.guest import GUEST, loads_for
from drycloud.grading.merge import Names, merge, refuse
from drycloud.grading.notes import annotated
from drycloud.grading.stage import Scene, Stage, StageResult, from_one_scene, lost, run_stage
from drycloud.grading.suite import Suite, load_suite
from drycloud.grading.works import Submission, Work
from drycloud.notebook import Code, Exercise, code_of, load_exercise, read_answers, read_own
from drycloud.report import Report, Run
from drycloud.sandbox import SandboxLost, Zygote


class Grader:
    """Grades submissions of one course on this machine; `secret` (bytes) makes each student's worlds.

    `line` connects to a zygote; without one, or if it has died, a zygote is started when it is first needed. Use as a
    context manager.
    """

    def __init__(self, course: Course, secret: bytes, line: socket.socket | None = None):
        upstream.apply()  # who grades may have imported this room alone
        self.course, self.secret = course, secret
        self._line = line
        self._zygote: Zygote | None = None
        self._has_run = False  # whether a sandbox ever started: then one can start on this machine

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._zygote is not None:
            self._zygote.close()

    def grade(self, submission: Submission) -> list[Report]:
        """The Reports on each work, in order; raises CourseError or SandboxError, never because of a student's work."""
        return [report for work in submission.works for report in self._grade_work(submission, work)]

    def _grade_work(self, submission: Submission, work: Work) -> list[Report]:
        files = self.course.files_of(submission.assignment, work.step)
        exercise, suite = _load(files.exercise, files.grader)
        names = (submission.student, submission.assignment, work.step)
        if submission.lost:
            reports = [merge(names, suite, [StageResult(Run(), fault=submission.lost)])] * work.times
            return [annotated(report, work.notes, work.unread) for report in reports]
        if work.path is None:
            nothing = refuse(names, suite, "nothing was handed in for this step", "not_handed_in")
            return [annotated(nothing, work.notes, work.unread)] * work.times
        try:
            name = f"{submission.assignment}/{work.step}"
            own = read_within(read_own, work.path, exercise, name)
            prose = read_within(read_answers, work.path, exercise, name) if suite.rubrics else None
        except SubmissionError as error:
            return [annotated(refuse(names, suite, str(error)), work.notes, work.unread)] * work.times
        variants = self._variants(names, exercise, suite, code_of(own, work.step), work.times)
        reports = [merge(names, suite, [runs[time] for runs in variants], prose) for time in range(work.times)]
        notes, unread = [*work.notes, *own.notes], [*work.unread, *own.unread]
        return [annotated(report, notes, unread) for report in reports]

    def _variants(
        self, names: Names, exercise: Exercise, suite: Suite, cells: list[Code], times: int
    ) -> list[list[StageResult]]:
        """The results of each variant, one for each time."""
        variants: list[list[StageResult]] = []
        for variant in range(self.course.variants if suite.checks else 0):
            seed = self._seed(names, cells, variant)
            number = self._seed(names, cells, 0) + variant
            course = self.course
            stage = Stage(exercise, cells, course.limits, course.services, seed, number, course.libraries)
            variants.append(self._runs(stage, suite, times))
            if not any(verdict.outcome == "passed" for run in variants[-1] for verdict in run.verdicts):
                break  # a check that fails in one variant cannot pass in the merged report
        return variants

    def _runs(self, stage: Stage, suite: Suite, times: int) -> list[StageResult]:
        if times == 1:
            return [self._run(stage, suite)]
        with contextlib.suppress(SandboxError):  # each run tries again, and reports the error
            self._zygote = self._living_zygote()  # the fork with the scene uses it for its sandboxes, too
        return from_one_scene(stage, times, lambda scene: self._run(stage, suite, scene))

    def _run(self, stage: Stage, suite: Suite, scene: Scene | None = None) -> StageResult:
        """One variant; tried once more if one of its processes is lost, which may be the machine's fault.

        Raises SandboxError if no sandbox could start, and none ever did.
        """
        loads = loads_for(stage.cells)
        for zygote in (self._living_zygote, self._new_zygote):
            try:
                with zygote().spawn(stage.limits, loads) as sandbox:
                    self._has_run = True
                    result = run_stage(stage, suite, sandbox, scene)
            except (SandboxLost, SandboxError) as error:
                result = lost(error)
            if not result.lost:
                break
        if not self._has_run:
            raise SandboxError(result.fault)
        return result

    def _living_zygote(self) -> Zygote:
        return self._zygote if self._zygote is not None and self._zygote.alive else self._new_zygote()

    def _new_zygote(self) -> Zygote:
        if self._zygote is not None:
            self._zygote.close()
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(SandboxError):
                self._zygote = Zygote(GUEST, line)
                return self._zygote
        self._zygote = Zygote(GUEST)
        return self._zygote

    def _seed(self, names: Names, cells: list[Code], variant: int) -> int:
        """The seed of a variant's world: it depends on the student, and on all parts of the work that can change a run.

        Other code gets another world, so a report does not help the next attempt. What is not run (outputs,
        metadata, text) changes nothing, so that the same work has the same report.
        """
        content = json.dumps([*names, variant, [cell.source for cell in cells]]).encode()
        return int.from_bytes(hmac.new(self.secret, content, hashlib.sha256).digest()[:8], "big")


@cache
def _load(exercise_path: Path, grader_path: Path) -> tuple[Exercise, Suite]:
    exercise = load_exercise(exercise_path)
    return exercise, load_suite(exercise, grader_path)
