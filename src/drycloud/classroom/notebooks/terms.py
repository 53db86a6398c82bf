"""The terms of grading: Python version, libraries, programs and limits; each release contains them."""

import sys

from drycloud.course import Course
from drycloud.course.libraries import list_versions
from drycloud.limits import Limits
from drycloud.sandbox.pauses import FACTOR
from drycloud.sandbox.policy import TOOLS
from drycloud.sandbox.runner import MAX_DESCRIPTORS

_EVERYWHERE = "bash coreutils dash debianutils diffutils findutils grep gzip hostname libc-bin mawk ncurses-bin sed tar"
_HEAD = "## How your work is run when it is graded"


def terms(course: Course) -> str:
    """The cell of a release, in Markdown."""
    python = ".".join(map(str, sys.version_info[:3]))
    lines = [
        f"**Python {python}** runs it, in a world like that of the scene cell. What only a newer Python has fails.",
        f"**Libraries**: {list_versions(course.libraries)}. pandas reads and writes `s3://…` (s3fs). "
        "Nothing can be installed: `pip install` says what is there.",
        f"**Programs** for `!` and `%%bash`: {programs()}.",
        *limits_in_words(course.limits),
    ]
    return "\n".join([_HEAD, "", *(f"- {line}" for line in lines)])


def limits_in_words(limits: Limits) -> list[str]:
    """The limits of a run, in sentences of Markdown."""
    clock = (
        f"{limits.wall_seconds:g} seconds by the clock, {limits.cpu_seconds} seconds of processor time for each process"
    )
    size = f"{limits.memory_mib} MiB of memory, {limits.processes} processes and threads at once"
    files = f"{limits.files} files with {limits.disk_mib} MiB in all, {MAX_DESCRIPTORS} files and sockets open at once "
    files += f"in each process, {limits.output_kib} KiB of printed text"
    calls = f"{limits.requests} calls to AWS with {limits.request_mib} MiB each and {limits.sent_mib} MiB in all, "
    calls += f"which may cost the simulated cloud {limits.cloud_seconds:g} seconds and {limits.cloud_mib} MiB"
    share = "hundredth" if FACTOR == 100 else f"{FACTOR}th"
    return [
        f"**Limits** of a run of all cells: {clock}, {size}, {files}, {calls}. What was done and answered before a "
        "limit was hit counts.",
        f"**Waiting** is short: what `time.sleep`, `asyncio.sleep`, waiters and the shell's `sleep` wait takes a "
        f"{share} of its time, up to {limits.wait_seconds:g} seconds in all. The clocks of `time` and your world go on "
        "as if it had taken all of it; those of `datetime` and `date` do not. In practice waiting takes its time.",
    ]


def programs() -> str:
    """The programs: those of every Debian, and more."""
    more = [names for package, names in TOOLS.items() if package not in _EVERYWHERE.split() and package != "util-linux"]
    return f"those of a small Debian (`ls`, `grep`, `sed`, `awk`, `sort`, …), and {', '.join(' '.join(more).split())}"
