"""The whole loop by nbgrader's stock commands, as an instructor and students run them; the class came in all ways.

The tests are one story, in their order: released and handed in, graded, marked by hand, fed back; then handed in again,
late; then with a secret of somebody else.
"""

import csv
import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from loop_toy import BUCKET, NOT_HERE, SHELL, Person, instructor, mark_on, set_due, student, work_on, write_course
from machine import CLI
from nbgrader.api import Gradebook

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(NOT_HERE), reason=f"this machine gives no users of their own: {NOT_HERE}"),
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),  # nbgrader's own
]
ROSTER = ["ann", "bob", "mail+aws", "cid", "dan", "eve", "fay", "zed"]
LATER = "2099-01-01T00:00:00+00:00"


class Class(NamedTuple):
    """The course's folder, and the people; what release_feedback said."""

    root: Path
    teacher: Person
    ann: Person
    bob: Person
    mail: Person
    said: dict[str, str]


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """The first round: released, handed in by all ways, collected, graded, marked by hand, fed back and fetched."""
    root = write_course(tmp_path_factory.mktemp("loop") / "course", LATER)
    teacher, said = instructor(root), dict[str, str]()
    teacher.runs([*CLI, "build", "toy"])
    teacher.does("generate_assignment", "toy")
    teacher.does("release_assignment", "toy")
    teacher.does("db", "student", "add", "zed")
    people = {name: student(root, name) for name in ("ann", "bob", "mail+aws")}
    ann, bob, mail = people.values()
    assert "a-toy-course toy" in ann.does("list")
    for person in people.values():
        person.does("fetch_assignment", "toy")
    work(ann, BUCKET, f"%%bash\n{SHELL}", ("Water.", "Falls."))
    work(bob, "pass", "", ())
    for step in ("shell", "words"):
        (bob.folder / "toy" / f"{step}.ipynb").unlink()
    work(mail, BUCKET, "", ())
    for person in people.values():
        person.does("submit", "toy")
    by_folder(root)
    by_zip(root)
    said["collect"] = teacher.does("collect", "toy")
    said["zip_collect"] = teacher.does("zip_collect", "toy")
    said["autograde"] = teacher.does("autograde", "toy")
    by_hand(root)
    teacher.does("generate_feedback", "toy")
    said["release_feedback"] = teacher.does("release_feedback", "toy")
    for person in (ann, bob):
        person.does("fetch_feedback", "toy")
    return Class(root, teacher, ann, bob, mail, said)


def work(person: Person, bucket: str, shell: str, answers: tuple[str, ...]) -> None:
    folder = person.folder / "toy"
    work_on(folder / "bucket.ipynb", bucket)
    work_on(folder / "shell.ipynb", shell)
    work_on(folder / "words.ipynb", answers=answers)


def by_folder(root: Path) -> None:
    """Two whose files the instructor put there: a notebook, and a script for Python and one for the shell."""
    for name, files in {"cid": {}, "dan": {"bucket.py": BUCKET, "shell.sh": SHELL}}.items():
        place = root / "build/submitted" / name / "toy"
        place.mkdir(parents=True)
        for file, text in files.items():
            (place / file).write_text(text)
    released = root / "build/release/toy/bucket.ipynb"
    target = root / "build/submitted/cid/toy/bucket.ipynb"
    target.write_text(released.read_text())
    work_on(target, BUCKET)


def by_zip(root: Path) -> None:
    """Two by an LMS: an archive, and a file that is named after its student."""
    place = root / "build/downloaded/toy/archive"
    place.mkdir(parents=True)
    with zipfile.ZipFile(place / "eve.zip", "w") as archive:
        archive.writestr("toy/shell.sh", SHELL)
        archive.writestr("toy/bucket.py", "pass")
    (place / "fay_bucket.py").write_text(BUCKET)


def by_hand(root: Path) -> None:
    """What a teacher gives: marks for prose, a mark and extra credit for code, and a comment."""
    with gradebook(root) as book:
        for name, score in (("answer-1", 1.5), ("answer-2", 1)):
            grade = book.find_grade(name, "words", "toy", "ann")
            grade.manual_score, grade.needs_manual_grade = score, False
        grade = book.find_grade("grade", "bucket", "toy", "bob")
        grade.manual_score, grade.extra_credit = 3, 0.75
        book.find_comment("task-1", "bucket", "toy", "bob").manual_comment = "Nearly."
        book.db.commit()


def gradebook(root: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{root}/build/gradebook.db")


def noted(root: Path, name: str) -> dict[str, float]:
    """What the gradebook says of each step, lateness taken off."""
    with gradebook(root) as book:
        found = book.find_submission("toy", name).notebooks
        return {one.name: round(one.score - (one.late_submission_penalty or 0), 2) for one in found}


def pages(folder: Path) -> dict[str, float]:
    return {path.stem: mark_on(path) for path in folder.glob("*.html")}


def test_every_way_in_is_graded(loop):
    """By the exchange, as a folder, as .py and .sh, in an archive: nbgrader's own autograde marks each."""
    assert {name: noted(loop.root, name) for name in ROSTER if name != "zed"} == {
        "ann": {"bucket": 3.5, "shell": 2, "words": 2.5},
        "bob": {"bucket": 3.75, "shell": 0, "words": 0},
        "mail+aws": {"bucket": 3.5, "shell": 0, "words": 0},
        "cid": {"bucket": 3.5, "shell": 0, "words": 0},
        "dan": {"bucket": 3.5, "shell": 2, "words": 0},
        "eve": {"bucket": 2.5, "shell": 2, "words": 0},
        "fay": {"bucket": 3.5, "shell": 0, "words": 0},
    }


def test_who_handed_in_through_the_exchange_fetches_what_the_gradebook_says(loop):
    """Each in the own home, by nbgrader's own command, for each notebook that was handed in."""
    (ann,) = (loop.ann.folder / "toy/feedback").iterdir()
    (bob,) = (loop.bob.folder / "toy/feedback").iterdir()
    assert pages(ann) == noted(loop.root, "ann")
    assert pages(bob) == {"bucket": 3.75}
    assert "Nearly." in (bob / "bucket.html").read_text()


def test_the_others_have_pages_and_are_named(loop):
    """Who came by folder or archive stops nobody; where their pages lie is told, and these say the same."""
    told = loop.said["release_feedback"]
    assert "cid, dan, eve, fay: not handed in through the exchange" in told
    assert f"give them their pages yourself: {loop.root / 'build/feedback/STUDENT/toy'}" in told
    for name in ("cid", "dan", "eve", "fay", "mail+aws"):
        assert pages(loop.root / "build/feedback" / name / "toy") == noted(loop.root, name)
    assert "mail+aws: a '+' in the name" in told


def test_a_run_of_ours_says_the_same_and_who_is_not_there(loop):
    """`drycloud grade` over what stock nbgrader graded changes no mark, and names who handed in nothing."""
    before = {name: noted(loop.root, name) for name in ROSTER if name != "zed"}
    said = loop.teacher.runs([*CLI, "grade", "toy"])
    assert {name: noted(loop.root, name) for name in ROSTER if name != "zed"} == before
    assert "zed: handed in nothing" in said
    loop.teacher.does("release_feedback", "toy")
    loop.ann.does("fetch_feedback", "toy")
    (ann,) = (loop.ann.folder / "toy/feedback").iterdir()
    assert pages(ann) == before["ann"]


def test_export_says_the_same(loop):
    """nbgrader's own export."""
    loop.teacher.does("export", f"--to={loop.root / 'marks.csv'}")
    with (loop.root / "marks.csv").open(newline="") as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert exported == {"zed": 0, **{n: sum(noted(loop.root, n).values()) for n in ROSTER if n != "zed"}}


def test_a_late_resubmission_after_feedback(loop):
    """Its feedback goes to the resubmission, with what lateness costs; the earlier page stays where it was."""
    first = next((loop.ann.folder / "toy/feedback").iterdir())
    earlier = pages(first)
    set_due(loop.root, f"{datetime.now(UTC) - timedelta(hours=1):%Y-%m-%dT%H:%M:%S+00:00}")
    work(loop.ann, "pass", f"%%bash\n{SHELL}", ("Water.", "Falls because it is heavy."))
    loop.ann.does("submit", "toy")
    (loop.root / "build/submitted/fay/toy/bucket.py").write_text("pass")  # in the folder, without any time
    loop.teacher.does("collect", "toy", "--update")
    loop.teacher.does("autograde", "toy")
    with gradebook(loop.root) as book:
        grade = book.find_grade("answer-2", "words", "toy", "ann")
        assert grade.needs_manual_grade  # it was rewritten
        assert not book.find_grade("answer-1", "words", "toy", "ann").needs_manual_grade
        grade.manual_score, grade.needs_manual_grade = 2, False
        book.db.commit()
    loop.teacher.does("generate_feedback", "toy")
    loop.teacher.does("release_feedback", "toy")
    loop.ann.does("fetch_feedback", "toy")
    (second,) = set((loop.ann.folder / "toy/feedback").iterdir()) - {first}
    assert pages(first) == earlier
    assert pages(second) == pytest.approx(noted(loop.root, "ann"), abs=0.011)
    assert sum(noted(loop.root, "ann").values()) == pytest.approx(2.5 + 2 + 3.5 - 0.9, abs=0.011)  # a tenth of 9
    assert noted(loop.root, "fay")["bucket"] == 2.5
    assert pages(loop.root / "build/feedback/fay/toy")["bucket"] == 2.5


def test_one_students_secret_gets_nobody_elses_page(loop):
    """A student who hands in another's secret as the own gets no page, and takes none away."""
    place = loop.root / "build/submitted"
    secret = (place / "ann/toy/submission_secret.txt").read_text()
    (place / "fay/toy/submission_secret.txt").write_text(secret)
    before = pages(max((loop.ann.folder / "toy/feedback").iterdir(), key=os.path.getmtime))
    loop.teacher.does("autograde", "toy", "--student=fay")
    loop.teacher.does("generate_feedback", "toy", "--student=fay")
    told = loop.teacher.does("release_feedback", "toy")
    assert "ann, fay: the secret of the submission is another student's too" in told
    loop.ann.does("fetch_feedback", "toy")
    assert pages(max((loop.ann.folder / "toy/feedback").iterdir(), key=os.path.getmtime)) == before
