"""What `nbgrader zip_collect` does with our configuration: files of an LMS, and a damaged one does not stop the rest.

nbgrader stops at the first archive that is damaged and at the first file that is there twice, and ignores what it does
not know. Here each of these is left out with a line that says why, and the rest is collected.
"""

import re
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from nbgrader.utils import parse_utc, unzip

from drycloud.classroom.located import Located
from drycloud.classroom.submissions.claims import may_be_work, nearest, step_of
from drycloud.classroom.submissions.intake import why_no_student
from drycloud.classroom.submissions.one_line import listed
from drycloud.notebook.files import SUFFIXES, kind_of

MAX_FILES = 10_000


class Extractor(ExtractorPlugin):  # type: ignore[misc]  # nbgrader has no types
    """Unpacks each archive into a folder of its name, within bounds, and copies all other files."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Called by nbgrader, for everything in the folder of archives."""
        for path in sorted(Path(archive_path).rglob("*")):
            if not path.is_file() or path.is_symlink():
                continue
            target = Path(extracted_path, path.relative_to(archive_path)).parent
            target.mkdir(parents=True, exist_ok=True)
            try:
                if path.suffix in self.zip_ext:
                    self._unpack(path, target)
                else:
                    (target / path.name).write_bytes(path.read_bytes())
            except Exception as error:  # a damaged archive can raise errors of every kind
                why = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
                self.log.error("left out: %s: cannot be unpacked: %s", listed([path.name]), why)

    def _unpack(self, path: Path, target: Path) -> None:
        most = 1000 * self.parent.coursedir.max_dir_size
        sizes = _sizes(path, most)
        if len(sizes) > MAX_FILES or sum(sizes.values()) > most:
            raise ValueError(f"more than {MAX_FILES} files or {most} bytes")
        if outside := [name for name in sizes if name.startswith("/") or ".." in re.split(r"[/\\]", name)]:
            raise ValueError(f"files in it would be written outside of it: {listed(outside)}")
        unzip(str(path), str(target), zip_ext=self.zip_ext, create_own_folder=True, tree=False)


class Collector(FileNameCollectorPlugin, Located):  # type: ignore[misc]  # nbgrader has no types
    """Finds the student in a file's name, by named_regexp; reports what it leaves out, with the reason.

    A file that is not named after its step keeps its name: `claims` decides what it counts for.
    """

    def collect(self, submitted_file: str) -> dict[str, Any] | None:
        """Called by nbgrader for each file: what is found in its name, or None."""
        path = Path(submitted_file)
        found = self._found(path)
        if why := self._why_not(path, found):
            self.log.error("left out: %s: %s", listed(["/".join(path.parts[-2:])]), why)
            return None
        return found

    def _found(self, path: Path) -> dict[str, Any]:
        """Student, time, and as file_id the name under which it is collected; empty if the name has no student."""
        for name in self._names(path):
            found = self._match(str(path.with_name(name)))
            if found and found.get("student_id") and found.get("file_id"):
                told = {key: text for key, text in found.items() if text is not None}
                called = f"{found['file_id']}{path.suffix}" if name == path.name else path.name
                return {**told, "file_id": self._place(path, told["student_id"], called, told.get("timestamp"))}
        return {}

    def _names(self, path: Path) -> Iterator[str]:
        """The file's name, and that name with each step's name in it, since named_regexp knows steps only."""
        yield path.name
        if path.name.startswith("."):
            return
        named, steps = step_of(path), self._steps
        step = next((one for one in steps if named == f"{self.parent.coursedir.assignment_id}/{one}"), "")
        step = step or nearest(path.name, steps)
        kind, at = kind_of(path.name) or SUFFIXES[0], path.name.lower().find(step or "/")
        if at > 0:
            yield f"{path.name[:at]}{step}{kind}"
        yield f"{step or steps[0]}{kind}"

    def _place(self, path: Path, student: str, name: str, time: str | None) -> str:
        """A second file with the same name goes into another folder; of two with a time, nbgrader takes the later."""
        while (first := self._seen.setdefault((student, name), (path, time)))[0] != path and not (time and first[1]):
            name = f"{path.parent.name}/{name}"
        return name

    def _why_not(self, path: Path, found: dict[str, Any]) -> str:
        """Why a file with these parts is not collected; empty if it is."""
        if not kind_of(path.name) and not may_be_work(path.name, nearest(path.name, self._steps)):
            return f"only {', '.join(SUFFIXES)} are collected"
        if not found:
            return "its name does not contain student and step, as FileNameCollectorPlugin.named_regexp describes it"
        if why := why_no_student(found["student_id"]):
            return f"a student's name that {why}"
        if found.get("timestamp") and not _is_time(found["timestamp"]):
            return f"{found['timestamp']!a} cannot be read as a time"
        return ""

    @property
    def _steps(self) -> list[str]:
        assignment = self.course.assignment(self.parent.coursedir.assignment_id)
        return [step.name for step in assignment.steps]

    @property
    def _seen(self) -> dict[tuple[str, str], tuple[Path, str | None]]:
        seen: dict[tuple[str, str], tuple[Path, str | None]] = self.__dict__.setdefault("_by_key", {})
        return seen


def _sizes(path: Path, most: int) -> dict[str, int]:
    """The names in an archive and their sizes, without unpacking it; not all of them if there are too many."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return {info.filename: info.file_size for info in archive.infolist()}
    found = dict[str, int]()
    with tarfile.open(path) as archive:
        for member in archive:  # each is decompressed to reach the next
            found[member.name] = member.size
            if len(found) > MAX_FILES or member.size > most or archive.offset > most:
                break
    return found


def _is_time(text: str) -> bool:
    try:
        parse_utc(text)
    except (ValueError, OverflowError):
        return False
    return True
