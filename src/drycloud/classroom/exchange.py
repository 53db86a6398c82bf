"""nbgrader's exchange: releasing to students, handing in, collecting.

A student writes their own folder in the exchange: its name, its timestamp and its contents are their word
alone. `Collect` therefore takes plain files only (a link would be followed with the instructor's rights),
dates a submission by when its files last changed on disk (a clock that a student cannot set back), leaves out
what stands under the name of a user of this machine who does not own it, and lets no student's folder stop the
others'.
"""

import pwd
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseAssignment, ExchangeSubmit
from nbgrader.utils import ignore_patterns

from drycloud.classroom import converters
from drycloud.classroom.intake import is_student
from drycloud.classroom.places import build_dir
from drycloud.course import Course
from drycloud.errors import StoreError, UsageError


class Collect(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """Collects submissions, trusting nothing that a student wrote."""

    def init_src(self) -> None:
        """As nbgrader does; then the records that can be a student's."""
        super().init_src()
        self.src_records: list[dict[str, Any]] = [r for r in self.src_records if is_student(r["username"])]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """Who and when; the time in the name is not read, for a name made up would stop the others."""
        name = Path(path).name
        student = name.rsplit("+", 3)[0]
        if not _may_be_theirs(Path(path), student):
            self.log.error("%a is left out: it belongs to another user of this machine than %a", name, student)
            student = ""
        return {"username": student, "filename": name, "timestamp": _arrived(Path(path))}

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:  # noqa: ARG002  # nbgrader passes it
        """Copy one submission; one that cannot be copied is left out."""
        try:
            self._copy(Path(src), Path(dest))
        except (OSError, shutil.Error) as error:
            shutil.rmtree(dest, ignore_errors=True)
            self.log.error("%s cannot be collected: %s", Path(src).name, error)

    def _copy(self, src: Path, dest: Path) -> None:
        arrived = _arrived(src)
        size = sum(path.lstat().st_size for path in _walk(src))
        if size > 1000 * self.coursedir.max_dir_size:
            raise OSError(f"{size} bytes are too many")
        by_name = ignore_patterns(self.coursedir.ignore, self.coursedir.include, self.coursedir.max_file_size, self.log)
        shutil.copytree(src, dest, ignore=lambda folder, names: [*by_name(folder, names), *_not_plain(folder, names)])
        for path in (dest, *_walk(dest)):
            path.chmod(0o755 if path.is_dir() else 0o644)
        (dest / "timestamp.txt").write_text(f"{arrived:%Y-%m-%d %H:%M:%S.%f} UTC", encoding="ascii")


def publish(root: Path, course: Course, assignment: str) -> None:
    """Release an assignment's notebooks through the exchange, in place of an earlier release."""
    _exchange(ExchangeReleaseAssignment, root, course, assignment, force=True)


def submit_as(root: Path, course: Course, assignment: str, student: str, folder: Path) -> None:
    """Hand in `folder`, named after the assignment, as that student's nbgrader would."""
    if not is_student(student):
        raise UsageError(f"{student!a} cannot be a student's name", hint="no path, pattern or unprintable character")
    if folder.name != assignment:
        raise UsageError(f"{folder} is not named {assignment}", hint="hand in the assignment's folder")
    _exchange(ExchangeSubmit, root, course, assignment, student=student, assignment_dir=str(folder.parent.resolve()))


def collect(root: Path, course: Course, assignment: str) -> list[str]:
    """Collect everybody's latest submission into build/submitted; what cannot be collected, a line each."""
    return _exchange(Collect, root, course, assignment, update=True, check_owner=False)


def _exchange(kind: Any, root: Path, course: Course, assignment: str, student: str = "*", **traits: Any) -> list[str]:
    course.assignment(assignment)
    config = converters.settings(root, build_dir(root), assignment)
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
    """Whether the owner is that student, as far as this machine knows its students."""
    try:
        return folder.lstat().st_uid == pwd.getpwnam(student).pw_uid
    except KeyError:
        return True


def _arrived(folder: Path) -> datetime:
    """When a submission last changed (UTC, no zone): its ctime, which its owner can only move forwards."""
    latest = max(path.lstat().st_ctime for path in (folder, *_walk(folder)))
    return datetime.fromtimestamp(latest, UTC).replace(tzinfo=None)


def _walk(folder: Path) -> Iterator[Path]:
    return folder.rglob("*")


def _not_plain(folder: str, names: list[str]) -> list[str]:
    """Links, pipes, sockets and devices."""
    modes = {name: (Path(folder) / name).lstat().st_mode for name in names}
    return [name for name, mode in modes.items() if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))]
