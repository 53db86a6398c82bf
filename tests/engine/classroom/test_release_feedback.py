"""`nbgrader release_feedback` with our configuration: a page reaches the student whose it is, or is told."""

import shutil
from pathlib import Path

import pytest
from classroom_toy import fresh
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from nbgrader.utils import notebook_hash

from drycloud.classroom.adapter import converters
from drycloud.classroom.collection.exchange import publish
from drycloud.classroom.feedback_pages.release_feedback import NO_SECRET, NOT_FETCHED, PLUS, SHARED, ReleaseFeedback
from drycloud.classroom.submissions.carried import carry, secret_in
from drycloud.course import load_course

ANN, BOB = "a1" * 64, "b2" * 64


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    monkeypatch.delenv("DRYCLOUD_EXCHANGE", raising=False)
    root = fresh(tmp_path)
    publish(load_course(root), "toy")
    return root


def page(root: Path, student: str, secret: str | None, assignment: str = "toy") -> None:
    """What generate_feedback leaves for a student."""
    folder = root / "build" / "feedback" / student / assignment
    folder.mkdir(parents=True)
    (folder / "bucket.html").write_text(f"for {student}", encoding="utf-8")
    if secret is not None:
        (folder / "submission_secret.txt").write_text(secret, encoding="utf-8")


def release(root: Path, student: str = "*") -> list[str]:
    config = converters.settings(load_course(root), "toy")
    config.CourseDirectory.student_id = student
    with converters.listening() as (log, lines):
        coursedir = CourseDirectory(config=config, log=log)
        authenticator = Authenticator(config=config)
        ReleaseFeedback(coursedir=coursedir, authenticator=authenticator, config=config, log=log).start()
        return lines


def fetched(root: Path, secret: str) -> str | None:
    """What lies where nbgrader's fetch_feedback looks with that secret."""
    place = root / "build" / "exchange" / "a-toy-course" / "feedback"
    path = place / f"{notebook_hash(secret=secret, notebook_id='bucket')}.html"
    return path.read_text(encoding="utf-8") if path.exists() else None


def test_a_page_lies_where_its_student_looks(root):
    """Each by the secret of the own submission, and no draft stays behind."""
    page(root, "ann", ANN)
    page(root, "bob", BOB)
    assert release(root) == []
    assert (fetched(root, ANN), fetched(root, BOB)) == ("for ann", "for bob")
    assert len(list((root / "build" / "exchange" / "a-toy-course" / "feedback").iterdir())) == 2


@pytest.mark.parametrize("secret", [None, "", "x" * 128, "A1" * 64, "a1" * 63, "a1" * 65, f"{BOB}\n", "../" * 40, "é"])
def test_who_has_no_secret_stops_nobody_and_is_told(root, secret):
    """Who came by folder has none, or made one up: the others get their pages, and one line says who did not."""
    page(root, "ann", ANN)
    page(root, "carl", secret)
    page(root, "cleo", None)
    line, place = release(root)
    assert line == f"carl, cleo: {NO_SECRET}"
    assert place == f"give them their pages yourself: {root / 'build' / 'feedback' / 'STUDENT' / 'toy'}"
    assert fetched(root, ANN) == "for ann"
    assert len(list((root / "build" / "exchange" / "a-toy-course" / "feedback").iterdir())) == 1


@pytest.mark.parametrize("assignment", ["toy", "other"])
def test_a_secret_of_two_students_releases_the_page_of_neither(root, assignment):
    """Otherwise the one would read the other's page, or put the own one in its place."""
    page(root, "ann", ANN)
    page(root, "mallory", ANN, assignment)
    page(root, "bob", BOB)
    line, _ = release(root)
    assert line.startswith("ann" if assignment == "other" else "ann, mallory")
    assert SHARED in line
    assert (fetched(root, ANN), fetched(root, BOB)) == (None, "for bob")


def test_one_students_button_knows_the_others(root):
    """formgrader releases one student's feedback at a time: the secret is compared with everybody's all the same."""
    page(root, "ann", ANN)
    page(root, "mallory", ANN)
    page(root, "bob", BOB)
    assert SHARED in release(root, "mallory")[0]
    assert release(root, "bob") == []
    assert (fetched(root, ANN), fetched(root, BOB)) == (None, "for bob")


def test_who_cannot_fetch_is_told(root):
    """nbgrader's fetch_feedback splits names at the plus, and looks only for what was handed in as a notebook."""
    page(root, "ann+aws", ANN)
    page(root, "bob", BOB)
    for name in ("bucket.py", "shell.ipynb", "timestamp.txt"):
        path = root / "build" / "submitted" / "bob" / "toy" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    plus, plain, _ = release(root)
    assert plus.startswith(f"ann+aws: {PLUS}")
    assert plain.startswith(f"bob: {NOT_FETCHED}")
    assert fetched(root, BOB) == "for bob"


def test_no_feedback_is_an_error(root):
    """Stock nbgrader says nothing and releases nothing."""
    with pytest.raises(ExchangeError, match="generate_feedback"):
        release(root)


def test_a_secret_by_a_link_is_nobodys(tmp_path):
    """A link to another's secret, or in the place of a folder, is not followed, and other files are not carried."""
    ann, bob = tmp_path / "submitted" / "ann" / "toy", tmp_path / "submitted" / "bob" / "toy"
    ann.mkdir(parents=True)
    bob.mkdir(parents=True)
    (ann / "submission_secret.txt").write_text(ANN)
    (ann / "timestamp.txt").write_text("2027-01-01 10:00:00 UTC")
    (ann / "more.txt").write_text("more")
    (bob / "submission_secret.txt").symlink_to(ann / "submission_secret.txt")
    (tmp_path / "submitted" / "cid").symlink_to("ann")
    (tmp_path / "submitted" / "dan").mkdir()
    (tmp_path / "submitted" / "dan" / "toy").symlink_to(ann)
    assert secret_in(ann) == ANN
    for student in ("bob", "cid", "dan"):
        assert secret_in(tmp_path / "submitted" / student / "toy") is None
    carry(ann, tmp_path / "there")
    carry(tmp_path / "submitted" / "cid" / "toy", tmp_path / "not there")
    assert sorted(path.name for path in (tmp_path / "there").iterdir()) == ["submission_secret.txt", "timestamp.txt"]
    assert not (tmp_path / "not there").exists()
    shutil.rmtree(tmp_path / "there")
