"""Verifies that each library, and each program of the sandbox's table, is available in grading."""

from pathlib import Path

import msgspec
from packaging.requirements import InvalidRequirement, Requirement

from drycloud.course import Course
from drycloud.course.libraries import STANDARD, import_of, requirement_of, version_of
from drycloud.errors import CourseError, SandboxError
from drycloud.grading.guest import GUEST
from drycloud.limits import Limits
from drycloud.sandbox import Job, Zygote
from drycloud.sandbox.policy import missing_tools

_TRY = """
import importlib
wrong = {{}}
for _name in {names!r}:
    try:
        importlib.import_module(_name)
    except BaseException as _error:
        wrong[_name] = f"{{type(_error).__name__}}: {{_error}}"[:200]
"""


def check_libraries(course: Course) -> None:
    """Raise CourseError for the first library that cannot be imported, SandboxError for programs that are not there."""
    if missing := missing_tools():
        hint = f"apt-get install {' '.join(missing)} (or: make sandbox)"
        raise SandboxError("programs that a student's code may call are not installed", hint=hint)
    for named in course.libraries:
        _refuse_version(course.root, named)
    names = {import_of(named): named for named in [*STANDARD, *course.libraries]}
    limits = Limits(wall_seconds=120, cpu_seconds=120, memory_mib=4096)
    with Zygote(GUEST) as zygote, zygote.spawn(limits) as sandbox:
        outcome = sandbox.run(Job(cells=[_TRY.format(names=list(names))], limits=limits))
    wrong = msgspec.json.decode(outcome.answers, type=dict[str, dict[str, str]]).get("wrong")
    if wrong is None:
        raise CourseError(
            f"the libraries cannot be imported in the sandbox: {outcome.message}", where=course.root / "course.yml"
        )
    for name, why in wrong.items():
        raise _cannot(course.root, names[name], f"cannot be imported in the sandbox ({why})")


def _refuse_version(root: Path, named: str) -> None:
    """Raise CourseError unless the installed version matches the requirement."""
    try:
        wanted = Requirement(requirement_of(named)).specifier
    except InvalidRequirement:
        raise _cannot(root, named, "is neither a library's name nor a pip requirement") from None
    version = version_of(named)
    if version and not wanted.contains(version, prereleases=True):
        raise _cannot(root, named, f"is installed as {version}")


def _cannot(root: Path, named: str, why: str) -> CourseError:
    lines = (root / "course.yml").read_text(encoding="utf-8").splitlines()
    line = next((n for n, text in enumerate(lines, start=1) if named in text.partition("#")[0]), None)
    hint = f"pip install '{requirement_of(named)}' in this environment, or take it out of course.yml"
    return CourseError(f"the library '{named}' {why}", where=root / "course.yml", line=line, hint=hint)
