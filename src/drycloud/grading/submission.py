"""One student's submission of one assignment: one sandbox, each step in its variants, a Report for each step."""

import hashlib
import hmac
from functools import cache
from pathlib import Path

from drycloud.course import Course, files_of
from drycloud.errors import SubmissionError
from drycloud.grading.guest import GUEST
from drycloud.grading.merge import merge, refuse
from drycloud.grading.stage import Stage, StageResult, run_stage
from drycloud.grading.suite import Suite, load_suite
from drycloud.notebook import Exercise, load_exercise, read_submission
from drycloud.report import Frozen, Report
from drycloud.sandbox import Sandbox


class Work(Frozen, frozen=True):
    """One step of a submission: `path` is what was handed in for it, None when nothing was."""

    step: str
    path: Path | None


class Submission(Frozen, frozen=True):
    """What one student handed in for one assignment."""

    student: str
    assignment: str
    works: list[Work]


class Grader:
    """Grades submissions of one course on this machine; `secret` (bytes) makes each student's worlds."""

    def __init__(self, root: Path, course: Course, secret: bytes):
        self.root, self.course, self.secret = root, course, secret

    def grade(self, submission: Submission) -> list[Report]:
        """A Report for each work, in order; raises CourseError or SandboxError, nothing for what a student did."""
        box = _Box(self.course)
        try:
            return [self._grade_work(submission, work, box) for work in submission.works]
        finally:
            box.close()

    def _grade_work(self, submission: Submission, work: Work, box: "_Box") -> Report:
        files = files_of(self.root, submission.assignment, work.step)
        exercise, suite = _load(files.exercise, files.grader)
        names = (submission.student, submission.assignment, work.step)
        try:
            if work.path is None:
                raise SubmissionError("nothing was handed in for this step")
            cells = read_submission(work.path, exercise, f"{submission.assignment}/{work.step}")
        except SubmissionError as error:
            return refuse(names, suite, str(error))
        results: list[StageResult] = []
        for variant in range(self.course.variants):
            seed = self._seed(*names, variant)
            stage = Stage(exercise, cells, self.course.limits, self.course.services, seed)
            results.append(box.run(stage, suite))
            if not any(verdict.outcome == "passed" for verdict in results[-1].verdicts):
                break  # what no check passes in one variant, no further one can mend
        return merge(names, suite, results)

    def _seed(self, student: str, assignment: str, step: str, variant: int) -> int:
        text = f"{student}\0{assignment}\0{step}\0{variant}".encode()
        return int.from_bytes(hmac.new(self.secret, text, hashlib.sha256).digest()[:8], "big")


@cache
def _load(exercise_path: Path, grader_path: Path) -> tuple[Exercise, Suite]:
    exercise = load_exercise(exercise_path)
    return exercise, load_suite(exercise, grader_path)


class _Box:
    """The submission's sandbox: booted when it is first needed, and again when a run has broken it."""

    def __init__(self, course: Course):
        self._course = course
        self._sandbox: Sandbox | None = None

    def run(self, stage: Stage, suite: Suite) -> StageResult:
        """Run one variant; a lost sandbox is replaced for the next."""
        if self._sandbox is None:
            self._sandbox = Sandbox(self._course.limits, GUEST)
        result = run_stage(stage, suite, self._sandbox)
        if result.lost:
            self.close()
        return result

    def close(self) -> None:
        """Kill the sandbox, if there is one."""
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None
