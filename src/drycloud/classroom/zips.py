"""What `nbgrader zip_collect` does with our configuration: files of an LMS, of which none stops the others.

nbgrader ends at the first archive that is damaged and at the first file that is there twice, and passes over what it
does not know. Here each of these is left out with a line that says why, and the rest is collected.
"""

import re
import tarfile
import zipfile
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from nbgrader.utils import parse_utc, unzip

from drycloud.classroom.autograde import Located
from drycloud.classroom.intake import why_no_student
from drycloud.classroom.told import listed
from drycloud.course import load_course
from drycloud.notebook.files import SUFFIXES

MAX_FILES = 10_000


class Extractor(ExtractorPlugin):  # type: ignore[misc]  # nbgrader has no types
    """Unpacks each archive into a folder of its name, within bounds, and copies the files that are none."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """nbgrader's entry, for all that lies in the folder of archives."""
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
            except Exception as error:  # a damaged archive ends in errors of every kind
                why = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
                self.log.error("left out: %s: cannot be unpacked: %s", listed([path.name]), why)

    def _unpack(self, path: Path, target: Path) -> None:
        most = 1000 * self.parent.coursedir.max_dir_size
        sizes = _sizes(path, most)
        if len(sizes) > MAX_FILES or sum(sizes.values()) > most:
            raise ValueError(f"more than {MAX_FILES} files or {most} bytes")
        if outside := [name for name in sizes if name.startswith("/") or ".." in re.split(r"[/\\]", name)]:
            raise ValueError(f"files in it have their place outside of it: {listed(outside)}")
        unzip(str(path), str(target), zip_ext=self.zip_ext, create_own_folder=True, tree=False)


class Collector(FileNameCollectorPlugin, Located):  # type: ignore[misc]  # nbgrader has no types
    """Finds student and step in a file's name, as named_regexp says; what it leaves out is told with the reason."""

    def collect(self, submitted_file: str) -> dict[str, Any] | None:
        """nbgrader's entry, for each file: what is found, or None."""
        path, found = Path(submitted_file), self._match(submitted_file)
        why = self._why_not(path, found)
        if why or found is None:
            self.log.error("left out: %s: %s", listed(["/".join(path.parts[-2:])]), why)
            return None
        return {name: text for name, text in found.items() if text is not None}

    def _why_not(self, path: Path, found: dict[str, str | None] | None) -> str:
        """What is wrong with a file of whose name this was found; empty where nothing is."""
        if path.suffix not in SUFFIXES:
            return f"only {', '.join(SUFFIXES)} are collected, and archives in archives are not unpacked"
        if not found or not found.get("student_id") or not found.get("file_id"):
            return "student and step are not told by its name, as FileNameCollectorPlugin.named_regexp describes it"
        student, step, time = found["student_id"] or "", found["file_id"] or "", found.get("timestamp")
        assignment = load_course(Path(self.course_root)).assignment(self.parent.coursedir.assignment_id)
        if why := why_no_student(student):
            return f"a student's name that {why}"
        if step not in [one.name for one in assignment.steps]:
            return f"{assignment.name} has no step of this name"
        if time and not _is_time(time):
            return f"{time!a} cannot be read as a time"
        return self._why_second(path, (student, step + path.suffix), time)

    def _why_second(self, path: Path, key: tuple[str, str], time: str | None) -> str:
        """Of two files nbgrader takes the later one; where one has no time, it would stop."""
        first, first_time = self._seen.setdefault(key, (path, time))
        if first == path or (time and first_time):
            return ""
        return f"{listed(['/'.join(first.parts[-2:])])} is there too, and counts"

    @property
    def _seen(self) -> dict[tuple[str, str], tuple[Path, str | None]]:
        seen: dict[tuple[str, str], tuple[Path, str | None]] = self.__dict__.setdefault("_by_key", {})
        return seen


def _sizes(path: Path, most: int) -> dict[str, int]:
    """The names in an archive and their sizes, without unpacking it; not all of them where they are too many."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return {info.filename: info.file_size for info in archive.infolist()}
    found = dict[str, int]()
    with tarfile.open(path) as archive:
        for member in archive:  # each is decompressed to get to the next
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
