"""A release: notebooks through nbgrader, the leak check, and a zip for those without a hub."""

import zipfile
from pathlib import Path

from jinja2 import Environment, PackageLoader

from drycloud.classroom.gradebook.marks import register
from drycloud.classroom.notebooks.sources import Edited, marker
from drycloud.classroom.notebooks.terms import terms
from drycloud.classroom.releases.leaks import refuse_leaks
from drycloud.classroom.releases.secrets import secrets_of
from drycloud.classroom.releases.wheel import build_wheel
from drycloud.classroom.turns import alone
from drycloud.course import Assignment, Course
from drycloud.course.libraries import requirement_of
from drycloud.errors import LeakError, StoreError
from drycloud.lab.guard import MARKER
from drycloud.report import Frozen

_DATE = (1980, 1, 1, 0, 0, 0)  # the same content makes the same zip


class Release(Frozen, frozen=True):
    """What students get: the notebooks, and a zip of them with the engine's wheel."""

    notebooks: list[Path]
    wheel: Path
    archive: Path


def release(course: Course, assignment: str, edited: Edited = "refuse") -> Release:
    """Make build/release/A and A.zip; raises LeakError, and leaves neither, if a secret is in them."""
    named = course.assignment(assignment)
    archive = course.build / "release" / f"{assignment}.zip"
    with alone(course.build):
        return _release(course, named, archive, edited)


def _release(course: Course, named: Assignment, archive: Path, edited: Edited) -> Release:
    out, assignment = course.build, named.name
    try:
        archive.unlink(missing_ok=True)
        register(course, assignment, edited)
        notebooks = [out / "release" / assignment / f"{step.name}.ipynb" for step in named.steps]
        made = Release(notebooks, build_wheel(course.root, out / "wheel"), archive)
        _pack(made, course, named)
        refuse_leaks([out / "release" / assignment, archive], secrets_of(course))
    except LeakError:
        _withdraw(out / "release" / assignment, archive)
        raise
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", where=archive) from None
    return made


def _pack(made: Release, course: Course, assignment: Assignment) -> None:
    """Write the zip, in the place of an earlier one."""
    members = {path.name: path.read_bytes() for path in [*made.notebooks, made.wheel]}
    members[MARKER] = marker().encode()
    members["README.md"] = _readme(made, course, assignment).encode()
    partial = made.archive.with_suffix(".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in sorted(members.items()):
            file.writestr(zipfile.ZipInfo(f"{assignment.name}/{name}", _DATE), data, zipfile.ZIP_DEFLATED)
    partial.replace(made.archive)


def _readme(made: Release, course: Course, assignment: Assignment) -> str:
    # Plain text, not HTML: nothing to escape.
    named = [requirement_of(each) for each in course.libraries]
    texts = Environment(loader=PackageLoader("drycloud.classroom"), keep_trailing_newline=True, autoescape=False)
    return texts.get_template("README.md").render(
        title=f"{assignment.name}: {assignment.title}".rstrip(": "),
        wheel=made.wheel.name,
        libraries="".join(f" {requirement if requirement.isalnum() else repr(requirement)}" for requirement in named),
        terms=terms(course),
        notebooks=" and ".join(path.name for path in made.notebooks),
        due=f"{assignment.due:%Y-%m-%d %H:%M %Z}".strip() if assignment.due else "",
    )


def _withdraw(folder: Path, archive: Path) -> None:
    """Remove the release, so that nobody publishes by accident what leaks."""
    archive.unlink(missing_ok=True)
    for path in sorted(folder.glob("*")):
        path.unlink()
