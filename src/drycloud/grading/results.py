"""Results on disk: one JSON file per step, written atomically, with a key of everything that decides a Report."""

import hashlib
import json
import os
import secrets
import stat
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

import drycloud
from drycloud.course import Course
from drycloud.errors import StoreError
from drycloud.grading.leftovers import draft_of, sweep_drafts
from drycloud.grading.pool import grade_all, usual_jobs
from drycloud.grading.works import Submission, Work
from drycloud.report import Frozen, Report

_LONGEST_NAME = 200  # bytes; a file system takes 255
_DISTRIBUTIONS = ("awscli", "boto3", "botocore", "ipython", "moto", "msgspec", "pytest")


class Stored(Frozen, frozen=True):
    """A Report with the key of the inputs that it was made from."""

    key: str
    report: Report


class Results:
    """The results of a course in its build folder, with the secret that seeds its worlds."""

    def __init__(self, course: Course):
        self.course = course

    @property
    def secret(self) -> bytes:
        """The course's secret, made at first use; raises StoreError when it can be neither read nor made."""
        path = self.course.build / "course_secret"
        try:
            self.course.build.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                _write_whole(path, secrets.token_hex(32).encode(), exclusive=True)
            return path.read_bytes()
        except OSError as error:
            raise StoreError(f"cannot be read or made: {error.strerror}", where=path) from None

    def grade(self, submissions: list[Submission], jobs: int | None = None, *, again: bool = False) -> Iterator[Report]:
        """Yield a Report for each work: stored ones that are still valid first, then each when it is graded and stored.

        `again`: grade again what has no mark because of our fault, since it may succeed now.
        """
        sweep_drafts(self.course.build / "results")
        todo = []
        for submission in submissions:
            stored = {work.step: self.load(submission, work) for work in submission.works}
            if again:
                stored = {step: None if report and report.faults else report for step, report in stored.items()}
            yield from (report for report in stored.values() if report is not None)
            missing = [work for work in submission.works if stored[work.step] is None]
            if missing:
                todo.append(msgspec.structs.replace(submission, works=missing))
        for submission, reports in grade_all(self.course, self.secret, todo, jobs or usual_jobs()):
            for work, report in zip(submission.works, reports, strict=True):
                self.save(submission, work, report)
                yield report

    def load(self, submission: Submission, work: Work) -> Report | None:
        """The stored Report, if it was made from exactly these inputs."""
        try:
            stored = msgspec.json.decode(self._path(submission, work).read_bytes(), type=Stored)
        except (OSError, msgspec.DecodeError):
            return None
        return stored.report if stored.key == self.key(submission, work) else None

    def load_current(self, submission: Submission, work: Work) -> Report:
        """The Report on the current files; raises StoreError if they changed since they were graded."""
        report = self.load(submission, work)
        if report is None:
            where = work.path or f"{submission.student}/{submission.assignment}/{work.step}"
            raise StoreError("changed or vanished while it was graded", where=where, hint="grade again")
        return report

    def load_saved(self, submission: Submission, work: Work) -> Report:
        """The Report that was just graded or found valid; raises StoreError if it cannot be read."""
        path = self._path(submission, work)
        try:
            report = msgspec.json.decode(path.read_bytes(), type=Stored).report
        except (OSError, msgspec.DecodeError) as error:
            raise StoreError(f"cannot be read: {error}", where=path, hint="grade again") from None
        if (report.student, report.step) != (submission.student, work.step):
            raise StoreError("is the report of somebody else", where=path, hint="grade again")
        return report

    def save(self, submission: Submission, work: Work, report: Report) -> None:
        """Store a Report atomically; raises StoreError if the disk is full or not writable."""
        path = self._path(submission, work)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, msgspec.json.encode(Stored(self.key(submission, work), report)))
        except OSError as error:
            hint = "make room and grade again: what was graded before is kept"
            raise StoreError(f"cannot be written: {error.strerror}", where=path, hint=hint) from None

    def key(self, submission: Submission, work: Work) -> str:
        """A digest of everything that decides the Report."""
        files = self.course.files_of(submission.assignment, work.step)
        course = self.course
        parts = [
            _engine(),
            self.secret,
            json.dumps(
                [submission.student, submission.assignment, work.step, course.variants, course.services]
            ).encode(),
            json.dumps([work.notes, work.unread]).encode(),
            msgspec.json.encode(course.limits),
            _content(files.exercise),
            _content(files.grader),
            _content(work.path) if work.path else b"",
            (work.path.name if work.path else "").encode("utf-8", "surrogateescape"),
        ]
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()

    def _path(self, submission: Submission, work: Work) -> Path:
        folder = self.course.build / "results" / submission.assignment / _file_name(submission.student)
        return folder / f"{work.step}.json"


def report_for(course: Course, student: str, assignment: str, work: Work) -> Report:
    """The Report on one step of one student: the stored one while it holds, else graded now and kept."""
    submission = Submission(student, assignment, [work])
    results = Results(course)
    report = next(iter(results.grade([submission], jobs=1)))
    if work.path is not None and not os.path.lexists(work.path):
        raise StoreError("vanished while it was graded", where=work.path, hint="grade again")
    return report


def _file_name(student: str) -> str:
    """A unique, safe folder name for any student id: letters of all scripts stay, other characters are quoted."""
    name = "".join(c if c.isalnum() or c in "-_" else _quoted(c) for c in student)
    if len(name.encode()) <= _LONGEST_NAME:
        return name or "%"
    digest = hashlib.sha256(student.encode("utf-8", "surrogateescape")).hexdigest()
    return f"{name.encode()[: _LONGEST_NAME // 2].decode(errors='ignore')}%{digest}"


def _quoted(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "surrogateescape"))


def _content(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe is not waited for
        try:
            is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
            return os.read(descriptor, 64 * 1024**2) if is_file else b"not a file"
        finally:
            os.close(descriptor)
    except OSError as error:
        return f"unreadable: {error.errno}".encode()


@cache
def _engine() -> bytes:
    """A digest of the engine's own source and of the libraries that decide a Report."""
    digest = hashlib.sha256()
    folder = Path(drycloud.__file__).parent
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    digest.update(repr([(name, version(name)) for name in _DISTRIBUTIONS]).encode())
    return digest.digest()


def _write_whole(path: Path, data: bytes, *, exclusive: bool = False) -> None:
    """Write a file atomically; `exclusive` keeps an existing one."""
    draft = draft_of(path)
    try:
        with draft.open("xb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if not exclusive or not _linked(path, draft):
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _linked(path: Path, draft: Path) -> bool:
    """Link a draft to a new path; if two processes try, the first one wins. False on a disk without hard links."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return True
    except OSError:
        return path.exists()
    return True
