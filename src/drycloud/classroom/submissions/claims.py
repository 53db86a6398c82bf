"""Which file of a student's folder counts for which step, and which files count for no step.

A notebook belongs to the step that its metadata name; any other file to the step whose name is in its name, or is
closest to it. The place of work is STUDENT/ASSIGNMENT/STEP.SUFFIX, and it is found elsewhere in the student's folder,
too. If several files belong to one step, the first with work in it counts, in the order of places, names and kinds.
"""

import os
import re
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path, PurePath

from drycloud.classroom.submissions.one_line import listed
from drycloud.course import Assignment, Course
from drycloud.errors import SubmissionError
from drycloud.grading.bounds import read_within
from drycloud.grading.works import Work
from drycloud.lab.guard import MARKER
from drycloud.notebook import Exercise, load_exercise, read_answers, read_own
from drycloud.notebook.files import EMPTY, SUFFIXES, kind_of
from drycloud.notebook.intake import step_named
from drycloud.notebook.own import squeezed as without_spaces
from drycloud.report import Frozen

MAX_FILES = 5000  # entries of one student's folder that are examined
NOT_READ = "not read: work counts as STUDENT/{assignment}/STEP with .ipynb, .py or .sh"
READ = "read, although work counts as STUDENT/{assignment}/STEP with .ipynb, .py or .sh"
ANOTHER_COUNTS = "not read, for another file of the same step counts"
OTHERS = "not read: the notebook of a step of something else"
TOO_MANY = f"more than {MAX_FILES} files and folders: not all of them were looked at"
CLOSED = "cannot be opened, so it earns nothing: change its permissions and grade again"

_CHECKPOINTS = ".ipynb_checkpoints"  # Jupyter's copies: they count if there is nothing else
_ARCHIVE = re.compile(r"\.(zip|tar|tgz|gz|bz2|xz|7z|rar)$")
_DATA = re.compile(r"\.(csv|tsv|parquet|png|jpe?g|gif|svg|pem|pub|log|pkl|npy)$")
_NEAR = 0.8  # the similarity of two names that differ by a typing error
_MOST_OF_ONE_STEP = 20  # files of a step that are read
_USUAL, _LIKE_IT, _BESIDE, _ELSEWHERE, _LAST = range(5)  # places


class Claim(Frozen, frozen=True):
    """A file that may be work for an assignment, or a folder that may contain some, and its step ('': unknown).

    `name` is relative to the student's folder. The smaller `order`, the likelier the file is meant. `is_others` means
    that its metadata name a step of something else, `is_read` that files of its kind can be read, and `is_closed` that
    it is a folder that cannot be opened.
    """

    path: Path
    name: str
    step: str
    order: tuple[int, bool, int, str]
    is_others: bool = False
    is_read: bool = True
    is_closed: bool = False

    @property
    def reason(self) -> str:
        """Why it counts for nothing, for instructors."""
        return CLOSED if self.is_closed else OTHERS if self.is_others else NOT_READ


class Claims(Frozen, frozen=True):
    """What counts for each step of an assignment, and what is reported about files, as (reason, name)."""

    works: dict[str, Work]
    messages: list[tuple[str, str]]


def claims_in(folder: Path, course: Course, assignment: Assignment) -> Claims:
    """The files in a student's folder for an assignment."""
    files, closed, are_all = _files(folder, course, assignment)
    found = (_claim(path, path.relative_to(folder), course, assignment) for path in files)
    claims = sorted((claim for claim in found if claim), key=lambda claim: claim.order)
    works, messages = dict[str, Work](), list[tuple[str, str]]()
    uncounted = [*(claim for claim in claims if not claim.step), *closed]
    for step in assignment.steps:
        mine = [claim for claim in claims if claim.step == step.name]
        if (first := next((claim for claim in mine if claim.is_read), None)) is None:
            uncounted += mine
            unread = _lines(
                [(_why_uncounted(claim), claim) for claim in [*mine, *(one for one in uncounted if not one.step)]]
            )
            unread += [] if are_all else [f"In your folder there are {TOO_MANY}."]
            works |= {step.name: Work(step.name, None, unread=unread)} if unread else {}
            continue
        mine = [one for one in mine if one.order[0] < _LAST or first.order[0] == _LAST]
        exercise = load_exercise(course.files_of(assignment.name, step.name).exercise)
        works[step.name] = _chosen(mine, exercise, f"{assignment.name}/{step.name}", messages)
    messages += [] if are_all else [(TOO_MANY, assignment.name)]
    messages += [(claim.reason, claim.name) for claim in uncounted]
    return Claims(_with_messages(works, uncounted, assignment), messages)


def squeezed(name: str) -> str:
    """A name in a normal form: 02-ec2, '02 EC2' and 02_ec2 are the same."""
    return re.sub(r"[\W_]", "", name.casefold())


def nearest(name: str, steps: list[str]) -> str:
    """The step whose name is in a file's name, or is closest to it; '' if there is none, or several."""
    stem = squeezed(_stem(name))
    held = [step for step in steps if squeezed(step) in stem]
    found = [step for step in held if not any(squeezed(step) in squeezed(one) for one in held if one != step)]
    if not held:
        whole = {squeezed(step): step for step in steps}
        found = [whole[one] for one in get_close_matches(stem, whole, 1, _NEAR)]
    return found[0] if len(found) == 1 else ""


def _stem(name: str) -> str:
    kind = kind_of(name)
    return name[: name.lower().rindex(kind)] if kind else PurePath(name).stem


def _claim(path: Path, inside: PurePath, course: Course, assignment: Assignment) -> Claim | None:
    """The claim of a file; None for a file that cannot be work, or is work for another assignment."""
    steps = [step.name for step in assignment.steps]
    place, is_top = _place(inside.parts[:-1], assignment.name)
    kind, stem, named = kind_of(path.name), _stem(path.name), step_of(path)
    ours = next((step for step in steps if named == f"{assignment.name}/{step}"), "")
    step = ours or (stem if stem in steps else "")
    if named and not ours:
        if place > _BESIDE:
            return None
        step = step if place == _USUAL else ""  # there its reader reports a wrong step
    elif not step and is_top:
        step = nearest(path.name, steps)
        if not step and place == _BESIDE and _is_others(path.name, course, assignment):
            return None
    if not kind and not (is_top and may_be_work(path.name, step)):
        return None
    if not (step or is_top) or (path.name == MARKER and not step):
        return None
    usual = [one for one in SUFFIXES if path.name == f"{step}{one}"]
    order = (place, not usual, SUFFIXES.index(kind) if kind else len(SUFFIXES), str(inside))
    return Claim(path, str(inside), step, order, bool(named) and not ours, bool(kind))


def may_be_work(name: str, step: str) -> bool:
    """Whether a file that is not read may hold work: an archive, or a page or a text that is named like a step."""
    return bool(_ARCHIVE.search(name.lower())) or (bool(step) and not _DATA.search(name.lower()))


def _place(folders: tuple[str, ...], assignment: str) -> tuple[int, bool]:
    """The kind of place where a file is in a student's folder, and whether files there are most likely work."""
    if _CHECKPOINTS in folders:
        return _LAST, False
    if folders == (assignment,):
        return _USUAL, True
    like_it = [squeezed(assignment) in squeezed(name) for name in folders]
    if any(like_it):
        return _LIKE_IT, like_it[-1]
    return (_ELSEWHERE, False) if folders else (_BESIDE, True)


def _is_others(name: str, course: Course, assignment: Assignment) -> bool:
    """Whether a file beside the folders is most likely of another assignment."""
    others = [one for one in course.assignments if one.name != assignment.name]
    return any(squeezed(one.name) in squeezed(name) or nearest(name, [s.name for s in one.steps]) for one in others)


def _files(folder: Path, course: Course, assignment: Assignment) -> tuple[list[Path], list[Claim], bool]:
    """The files of a student's folder with links, the closed folders, and whether these are all.

    Environments, hidden folders and those of other assignments are skipped.
    """
    others, left = [squeezed(one.name) for one in course.assignments if one.name != assignment.name], MAX_FILES
    paths: list[Path] = []
    closed: list[str] = []

    def note(error: OSError) -> None:
        closed.append(error.filename)

    for place, folders, files in os.walk(folder, onerror=note):
        found = [*files, *(name for name in folders if kind_of(name))]
        folders[:] = sorted(n for n in folders if n == _CHECKPOINTS or not n.startswith((".", "__")))
        if place == str(folder):
            folders[:] = [n for n in folders if n == assignment.name or not any(one in squeezed(n) for one in others)]
        is_environment, is_open = "pyvenv.cfg" in files, os.access(place, os.X_OK)
        if not is_open and not is_environment:
            closed.append(place)
        if is_environment or not is_open:
            folders.clear()
            continue
        paths += [Path(place, name) for name in sorted(found)[: max(left, 0)] if not name.startswith(".")]
        left -= len(folders) + len(files)
        if left < 0:
            return paths, _closed(closed, folder, assignment), False
    return paths, _closed(closed, folder, assignment), True


def _closed(places: list[str], folder: Path, assignment: Assignment) -> list[Claim]:
    """The closed folders except the two that the caller reports: the student's, and the assignment's in it."""
    names = sorted(str(Path(place).relative_to(folder)) for place in places)
    return [
        Claim(folder / name, name, "", (_ELSEWHERE, True, 0, name), is_closed=True)
        for name in names
        if name not in (".", assignment.name)
    ]


def step_of(path: Path) -> str:
    """The step that a notebook's metadata name; '' if it is not a notebook or cannot be read."""
    if kind_of(path.name) != ".ipynb":
        return ""
    try:
        found = path.lstat()
    except OSError:
        return ""
    return _step_of_unchanged(path, found.st_ino, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=16_384)  # the folders of a class are read several times
def _step_of_unchanged(path: Path, *_: int) -> str:
    try:
        return read_within(step_named, path)
    except SubmissionError:
        return ""


def _chosen(claims: list[Claim], exercise: Exercise, step: str, messages: list[tuple[str, str]]) -> Work:
    """The work on a step, chosen from these files."""
    looked_at = claims[:_MOST_OF_ONE_STEP] if len(claims) > 1 else []
    contents = [*(_content(claim, exercise, step) for claim in looked_at), *[None] * (len(claims) - len(looked_at))]
    with_work = (number for number, content in enumerate(contents) if content)
    readable = (number for number, content in enumerate(contents) if content is not None)
    at = next(with_work, next(readable, [claim.is_read for claim in claims].index(True)))
    chosen, notes, rest, unread = claims[at], list[str](), list[tuple[str, Claim]](), list[tuple[str, Claim]]()
    name = step.partition("/")[2]
    if chosen.order[:2] != (_USUAL, False):
        notes.append(f"{listed([chosen.name])} was read as your work on this step.")
        messages.append((READ, chosen.name))
    if chosen.path.is_file() and not chosen.path.is_symlink() and not os.access(chosen.path, os.R_OK):
        messages.append((CLOSED, chosen.name))
    for claim, content in zip(claims, contents, strict=True):
        if claim is not chosen:
            messages.append((ANOTHER_COUNTS if claim.is_read else NOT_READ, claim.name))
            line = _why_not(content, contents[at]) if claim.is_read else _why_uncounted(claim)
            may_be_more = content != contents[at] if claim.is_read else not contents[at]
            (unread if content != [] and may_be_more else rest).append((line, claim))
    return Work(name, chosen.path, notes=[*notes, *_lines(rest)], unread=_lines(unread))


def _content(claim: Claim, exercise: Exercise, step: str) -> list[str] | None:
    """What a student wrote in a file, without spaces; empty if there is no work in it, None if it is damaged."""
    try:
        own = read_within(read_own, claim.path, exercise, step)
        answers = read_within(read_answers, claim.path, exercise, step).answers if exercise.sources("answer") else []
    except SubmissionError as error:
        return [] if error.what == EMPTY else None
    has_work = own.has_work(exercise) or any(answers)
    return [without_spaces(text) for text in [*(cell.source for cell in own.cells), *answers, *own.unread]] * has_work


def _why_not(content: list[str] | None, counts: list[str] | None) -> str:
    if content is None:
        return "There is also {}, which was not read."
    if not content:
        return "There is also {}, without any work in it."
    return (
        f"There is also {{}}, {'with the same work.' if content == counts else 'with other work, which was not run.'}"
    )


def _why_uncounted(claim: Claim) -> str:
    if claim.is_closed:
        return "{} cannot be opened: change its permissions, and hand it in again."
    if claim.is_others:
        return "{} was not read: it is the notebook of another step."
    if not claim.is_read:
        return "{} was not read: hand in .ipynb, .py or .sh files themselves."
    return "{} was not read: its name is not that of a step."


def _lines(messages: list[tuple[str, Claim]]) -> list[str]:
    """A line for each message, with the names of its files, of which there may be thousands."""
    names: dict[str, list[str]] = {}
    for line, claim in messages:
        names.setdefault(line, []).append(claim.name)
    return [line.replace("{}", listed(found)) for line, found in names.items()]


def _with_messages(works: dict[str, Work], uncounted: list[Claim], assignment: Assignment) -> dict[str, Work]:
    """Files that count for no step are reported with the steps that lack work, or else with the first step."""
    unknown = _lines([(_why_uncounted(claim), claim) for claim in uncounted if not claim.step])
    first = assignment.steps[0].name
    if not unknown or any(work.path is None for work in works.values()):
        return works
    work = works[first]
    return works | {first: Work(work.step, work.path, work.times, [*work.notes, *unknown], work.unread)}
