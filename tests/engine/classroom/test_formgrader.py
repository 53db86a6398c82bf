"""The loop by formgrader's own buttons in Chromium: generated, released, collected, graded, marked by hand, fed back.

The tests are one story, in their order; students use nbgrader's stock commands.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from browser import chromium, needs_chromium, until
from formgrader import Formgrader, jupyter_lab
from loop_toy import BUCKET, NOT_HERE, Person, instructor, mark_on, student, work_on, write_course
from machine import CLI
from nbgrader.api import Gradebook

pytestmark = [
    pytest.mark.slow,
    needs_chromium,
    pytest.mark.skipif(bool(NOT_HERE), reason=f"this machine gives no users of their own: {NOT_HERE}"),
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),  # nbgrader's own
]
STUDENTS = ["ann", "mail+aws", "dan"]


class Desk(NamedTuple):
    """The course's folder, formgrader in a browser, and the students who hand in through the exchange."""

    root: Path
    page: Formgrader
    ann: Person
    mail: Person


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("formgrader")
    root = write_course(folder / "course", "2099-01-01T00:00:00+00:00")
    instructor(root).runs([*CLI, "build", "toy"])
    pictures = Path(os.environ.get("PICTURES", folder / "pictures"))
    with jupyter_lab(root, folder / "instructor") as address, chromium(folder / "profile") as driver:
        page = Formgrader(driver, address, pictures)
        yield Desk(root, page, student(root, "ann"), student(root, "mail+aws"))


def score(root: Path, name: str, step: str) -> float:
    with Gradebook(f"sqlite:///{root}/build/gradebook.db") as book:
        return float(book.find_submission("toy", name).notebooks[["bucket", "shell", "words"].index(step)].score)


def test_generate_and_release(desk):
    """The buttons of an assignment make the students' version and put it where they fetch it."""
    assert "toy" in desk.page.opens("manage_assignments")
    assert "Successfully created the student version" in desk.page.presses("td.assign a", "1_generate")
    assert "Successfully released" in desk.page.presses("td.release a", "2_release")
    for person in (desk.ann, desk.mail):
        person.does("fetch_assignment", "toy")
    work_on(desk.ann.folder / "toy/bucket.ipynb", BUCKET)
    work_on(desk.ann.folder / "toy/words.ipynb", answers=("Water.", "Falls."))
    (desk.mail.folder / "toy/words.ipynb").unlink()
    for person in (desk.ann, desk.mail):
        person.does("submit", "toy")


def test_collect(desk):
    """The button collects; who is left out is named in what it shows."""
    (desk.root / "build/exchange/a-toy-course/inbound/a*+toy+2027-01-01 10:00:00 UTC+x").mkdir()
    place = desk.root / "build/submitted/dan/toy"
    place.mkdir(parents=True)
    (place / "bucket.py").write_text(BUCKET)
    (place / "timestamp.txt").write_text("no time")
    assert "2099-01-01" in desk.page.opens("manage_assignments")  # when it is due, as course.yml says
    told = desk.page.presses("td.collect a", "3_collect")
    assert "Successfully collected" in told
    assert "not collected, the student's name holds '*', which is not allowed: 'a*+toy" in told
    assert "3" in desk.page.driver.find_element("css selector", "td.num-submissions").text


@pytest.mark.parametrize("name", STUDENTS)
def test_autograde(desk, name):
    """The button grades in the sandbox, a name with a plus and a script without a notebook included."""
    desk.page.opens("manage_submissions/toy")
    told = desk.page.presses(f"{desk.page.row(name)} td.autograde a", f"4_autograde_{name}")
    assert "Successfully autograded" in told
    assert score(desk.root, name, "bucket") == (2.5 if name == "mail+aws" else 3.5)
    desk.page.picture("5_submissions")


def submission(desk: Desk, name: str, step: str) -> str:
    """formgrader's place for one notebook of a student."""
    with Gradebook(f"sqlite:///{desk.root}/build/gradebook.db") as book:
        return f"submissions/{book.find_submission_notebook(step, 'toy', name).id}/?index=0"


def test_marks_by_hand(desk):
    """For prose, for code, extra credit and a comment: typed into formgrader's fields."""
    text = desk.page.opens(submission(desk, "ann", "words"))
    assert "Water." in text
    assert "For teachers only" in text
    desk.page.writes("#answer-1", "1.5")
    desk.page.writes("#answer-2", "0.5")
    desk.page.picture("6_prose")
    desk.page.opens(submission(desk, "mail+aws", "bucket"))
    desk.page.writes("#grade", "3")
    desk.page.writes("#grade_extra_credit", "0.25")
    desk.page.writes("#task-1-comment", "Nearly.")
    desk.page.picture("7_code")
    assert score(desk.root, "ann", "words") == 2
    assert score(desk.root, "mail+aws", "bucket") == 3.25


@pytest.mark.parametrize(("name", "step"), [("mail+aws", "words"), ("dan", "words"), ("dan", "shell")])
def test_a_step_that_was_not_handed_in_has_a_page(desk, name, step):
    """Stock nbgrader shows an error in its place."""
    text = desk.page.opens(submission(desk, name, step))
    desk.page.picture(f"8_missing_{name}_{step}")
    assert "not found" not in text
    assert "nothing was handed in for this step" in text


def test_every_list_is_there(desk):
    """Each table of formgrader, for names with a plus too."""
    for place in ("gradebook", "gradebook/toy", "gradebook/toy/words", "manage_students", "manage_students/mail+aws"):
        text = desk.page.opens(place)
        assert "404" not in text
        assert "Sorry" not in text
    assert "toy" in desk.page.text
    assert "bucket" in desk.page.opens("manage_students/mail+aws/toy")
    desk.page.picture("9_student")


def test_feedback(desk):
    """Generated and released by the buttons: who has no place in the exchange is named, and the others fetch."""
    desk.page.opens("manage_assignments")
    assert "Successfully generated feedback" in desk.page.presses("td.generate-feedback a", "10_generate_feedback")
    told = desk.page.presses("td.release-feedback a", "11_release_feedback")
    assert "Successfully released feedback" in told
    assert "dan: not handed in through the exchange" in told
    assert "mail+aws: a '+' in the name" in told
    desk.ann.does("fetch_feedback", "toy")
    (fetched,) = (desk.ann.folder / "toy/feedback").iterdir()
    assert {path.stem: mark_on(path) for path in fetched.iterdir()} == {"bucket": 3.5, "shell": 0, "words": 2}
    assert mark_on(desk.root / "build/feedback/mail+aws/toy/bucket.html") == 3.25


def test_one_students_buttons(desk):
    """Those of a submission do the same for one student, whether they may be released or not."""
    desk.page.opens("manage_submissions/toy")
    for name in ("ann", "dan"):
        told = desk.page.presses(f"{desk.page.row(name)} td.generate-feedback a", f"12_generate_{name}")
        assert "Successfully generated feedback" in told
    assert "Successfully released" in desk.page.presses(f"{desk.page.row('ann')} td.release-feedback a", "13_ann")
    told = desk.page.presses(f"{desk.page.row('dan')} td.release-feedback a", "13_dan")
    assert "give them their pages yourself" in told


def test_the_menu_of_jupyterlab_opens_it(desk):
    """An instructor need not know its address: the menu Nbgrader of JupyterLab has it."""
    driver = desk.page.driver
    driver.get(f"{desk.page.address}/lab")
    until(driver, "return document.querySelector('.lm-MenuBar') && !document.querySelector('#jupyterlab-splash')")
    menu = "return [...document.querySelectorAll('{}')].find(e => e.innerText.includes('{}'))"
    for kind, words in ((".lm-MenuBar-item", "Nbgrader"), (".lm-Menu-item", "Formgrader")):
        until(driver, menu.format(kind, words)).click()
    until(driver, "return [...document.querySelectorAll('iframe')].find(f => f.src.includes('formgrader'))")
    frame = driver.find_element("css selector", "iframe[src*=formgrader]")
    driver.switch_to.frame(frame)
    until(driver, "return document.body.innerText.includes('toy')")
    driver.switch_to.default_content()
    desk.page.picture("14_lab")
