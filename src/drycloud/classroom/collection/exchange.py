"""nbgrader's exchange: release to students, submit, collect.

A student writes their own folder in the exchange, so its name, its timestamp and its contents prove nothing. `Collect`
therefore takes plain files only (a link would be followed with the instructor's rights), dates a submission by the last
change of its files on disk (a clock that a student cannot set back), leaves out a folder that is named after a user of
this machine and belongs to another one, and does not let one student's folder stop the collection of others.
"""

import contextlib
import pwd
import re
import shutil
import stat
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseAssignment, ExchangeSubmit
from nbgrader.utils import ignore_patterns

from drycloud.classroom.adapter import converters
from drycloud.classroom.submissions.carried import TIMESTAMP
from drycloud.classroom.submissions.intake import why_no_student
from drycloud.classroom.submissions.one_line import listed
from drycloud.classroom.turns import alone
from drycloud.course import Course
from drycloud.errors import StoreError, UsageError


class Collect(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """Collects submissions, trusting nothing that a student wrote, and says what it leaves out."""

    def start(self) -> None:
        """As nbgrader does, holding the lock, so that nobody grades what it replaces."""
        with alone(Path(self.coursedir.root), tell=self.log.warning):
            super().start()

    def init_src(self) -> None:
        """As nbgrader does; then keeps the records that can be a student's."""
        self._left = defaultdict[str, list[str]](list)
        super().init_src()
        self.src_records: list[dict[str, Any]] = [r for r in self.src_records if r["username"]]
        hidden = Path(self.inbound_path).glob(f".*+{self.coursedir.assignment_id}+*")  # nbgrader does not see these
        self._left["the student's name begins with a dot"] += sorted(path.name for path in hidden)

    def copy_files(self) -> None:
        """Copy what is new; an older submission stays until the new one is copied completely."""
        for record in self.src_records:
            name, student = record["filename"], record["username"]
            dest = Path(
                self.coursedir.format_path(self.coursedir.submitted_directory, student, self.coursedir.assignment_id)
            )
            if dest.is_dir() and not self._is_wanted(dest, record["timestamp"]):
                self.log.info("%s: no newer submission to collect (or use --update)", student)
                continue
            if self.check_owner and (owner := _owner(Path(self.inbound_path, name))) != student:
                self.log.warning("%s: the folder is owned by the user %s of this machine: %s", student, owner, name)
            try:
                self._replace(Path(self.inbound_path, name), dest)
                self.log.info("Collected the submission of %s", student)
            except (OSError, shutil.Error) as error:
                self._leave_out(name, f"it cannot be copied ({_reason(error)})")
        for why, names in self._left.items():
            if names:
                self.log.error("not collected, %s: %s", why, listed(names))

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """Student and time; the time in the name is not read, since an invalid one would stop all others."""
        name = Path(path).name
        try:
            student, arrived = self._student_of(name), _arrived(Path(path))
            if student and not _may_be_theirs(Path(path), student):
                self._leave_out(name, "it belongs to another user of this machine than the student that it names")
                student = ""
        except OSError as error:
            self._leave_out(name, f"it cannot be read ({_reason(error)})")
            student, arrived = "", datetime.min
        return {"username": student, "filename": name, "timestamp": arrived}

    def _student_of(self, name: str) -> str:
        """The student in STUDENT+A+TIME or STUDENT+A+TIME+RANDOM, where the student's name may contain a plus, too."""
        found = re.fullmatch(rf"(.*)\+{self.coursedir.assignment_id}\+[^+]*(\+[^+]*)?", name, re.DOTALL)
        why = why_no_student(found[1]) if found else "its name is not that of a submission to this assignment"
        if why:
            self._leave_out(name, f"the student's name {why}" if found else why)
            return ""
        return found[1] if found else ""

    def _is_wanted(self, dest: Path, arrived: datetime) -> bool:
        """Whether nbgrader would replace the collected submission by one that arrived then."""
        known = self.coursedir.get_existing_timestamp(str(dest))
        return bool((self.update and (known is None or arrived > known)) or (self.before_duedate and arrived != known))

    def _replace(self, src: Path, dest: Path) -> None:
        draft = dest.with_name(f".{dest.name}.partial")
        try:
            shutil.rmtree(draft, ignore_errors=True)
            self._copy(src, draft)
            shutil.rmtree(dest, ignore_errors=True)
            draft.rename(dest)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
            with contextlib.suppress(OSError):
                dest.parent.rmdir()  # of a student without a submission

    def _copy(self, src: Path, dest: Path) -> None:
        arrived = _arrived(src)
        size = sum(path.lstat().st_size for path in _walk(src))
        if size > 1000 * self.coursedir.max_dir_size:
            raise OSError(f"{size} bytes are too many")
        by_name = ignore_patterns(self.coursedir.ignore, self.coursedir.include, self.coursedir.max_file_size, self.log)
        shutil.copytree(src, dest, ignore=lambda folder, names: [*by_name(folder, names), *_not_plain(folder, names)])
        if strange := [f"{dest.parent.name}/{path.relative_to(src)}" for path in _walk(src) if _is_strange(path)]:
            self._left["a link, a pipe or the like, which is not followed"] += strange
        for path in (dest, *_walk(dest)):
            path.chmod(0o755 if path.is_dir() else 0o644)
        (dest / TIMESTAMP).write_text(f"{arrived:%Y-%m-%d %H:%M:%S.%f} UTC", encoding="ascii")

    def _leave_out(self, name: str, why: str) -> None:
        self._left[why].append(name)


def publish(course: Course, assignment: str) -> None:
    """Release an assignment's notebooks through the exchange, in place of an earlier release."""
    _exchange(ExchangeReleaseAssignment, course, assignment, force=True)


def submit_as(course: Course, assignment: str, student: str, folder: Path) -> None:
    """Hand in `folder`, named after the assignment, as that student's nbgrader would."""
    if why := why_no_student(student):
        raise UsageError(f"{student!a} cannot be a student's name: it {why}")
    if "+" in student:
        raise UsageError(
            f"nbgrader's submit takes no name with a '+', as {student!a} is", hint="hand it in as a folder"
        )
    if folder.name != assignment:
        raise UsageError(f"{folder} is not named {assignment}", hint="hand in the assignment's folder")
    _exchange(ExchangeSubmit, course, assignment, student=student, assignment_dir=str(folder.parent.resolve()))


def collect(course: Course, assignment: str) -> list[str]:
    """Collect everybody's latest submission into build/submitted; what cannot be collected, a line each."""
    return _exchange(Collect, course, assignment, update=True, check_owner=False)


def _exchange(kind: Any, course: Course, assignment: str, student: str = "*", **traits: Any) -> list[str]:
    course.assignment(assignment)
    config = converters.settings(course, assignment)
    config.CourseDirectory.student_id = student
    with converters.listening() as (log, lines):
        app = kind(
            coursedir=CourseDirectory(config=config, log=log),
            authenticator=Authenticator(config=config),
            config=config,
            log=log,
        )
        for name, value in traits.items():
            setattr(app, name, value)
        try:
            app.start()
        except (ExchangeError, OSError, RuntimeError) as error:
            raise StoreError(f"nbgrader's exchange: {error}", where=config.Exchange.root) from None
        return lines


def _may_be_theirs(folder: Path, student: str) -> bool:
    """Whether the owner can be that student; False if this machine has a user of that name who is not the owner."""
    try:
        return folder.lstat().st_uid == pwd.getpwnam(student).pw_uid
    except KeyError:
        return True


def _owner(folder: Path) -> str:
    try:
        return pwd.getpwuid(folder.lstat().st_uid).pw_name
    except (KeyError, OSError):
        return "unknown"


def _arrived(folder: Path) -> datetime:
    """When a submission last changed (UTC, no zone): its ctime, which its owner can only move forward."""
    latest = max(path.lstat().st_ctime for path in (folder, *_walk(folder)))
    return datetime.fromtimestamp(latest, UTC).replace(tzinfo=None)


def _walk(folder: Path) -> Iterator[Path]:
    return folder.rglob("*")


def _not_plain(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if _is_strange(Path(folder, name))]


def _is_strange(path: Path) -> bool:
    """Whether this is a link, a pipe, a socket or a device."""
    mode = path.lstat().st_mode
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _reason(error: OSError | shutil.Error) -> str:
    """The reason in a few words; an error of shutil lists all that it met."""
    text = str(error.args[0][0][2]) if isinstance(error, shutil.Error) and error.args else error.strerror or str(error)
    return text[:200]
