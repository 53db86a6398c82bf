"""nbgrader's exchange: releasing, handing in and collecting, with students who are not to be trusted."""

import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from classroom_toy import fresh

from drycloud.classroom.exchange import collect, publish, submit_as
from drycloud.course import load_course
from drycloud.errors import StoreError, UsageError

STUDENTS = ["ann", "Søren", "Ольга", "美咲", "علی", "o'hara & co"]


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    monkeypatch.delenv("DRYCLOUD_EXCHANGE", raising=False)
    root = fresh(tmp_path)
    publish(root, load_course(root), "toy")
    return root


def hand_in(root: Path, student: str) -> Path:
    """Hands in what was fetched, and gives the student's folder in the exchange."""
    home = root / "homes" / student / "toy"
    shutil.copytree(inbound(root).parent / "outbound" / "toy", home, dirs_exist_ok=True)
    before = set(inbound(root).iterdir())
    submit_as(root, load_course(root), "toy", student, home)
    return (set(inbound(root).iterdir()) - before).pop()


def inbound(root: Path) -> Path:
    return root / "build" / "exchange" / "a-toy-course" / "inbound"


def collected(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "build" / "submitted").iterdir())


def timestamp(root: Path, student: str) -> datetime:
    text = (root / "build" / "submitted" / student / "toy" / "timestamp.txt").read_text()
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f UTC").replace(tzinfo=UTC)


def test_students_of_every_script_hand_in(root):
    """What each handed in arrives below build/submitted under their own name."""
    for student in STUDENTS:
        hand_in(root, student)
    assert collect(root, load_course(root), "toy") == []
    assert collected(root) == sorted(STUDENTS)
    assert (root / "build" / "submitted" / "美咲" / "toy" / "bucket.ipynb").is_file()


def test_the_latest_submission_counts(root):
    """Handing in again replaces what was collected before."""
    hand_in(root, "ann")
    collect(root, load_course(root), "toy")
    first = timestamp(root, "ann")
    home = root / "homes" / "ann" / "toy"
    (home / "more.txt").write_text("more")
    time.sleep(0.01)
    submit_as(root, load_course(root), "toy", "ann", home)
    collect(root, load_course(root), "toy")
    assert (root / "build" / "submitted" / "ann" / "toy" / "more.txt").exists()
    assert timestamp(root, "ann") > first


def test_a_students_clock_is_not_believed(root):
    """Timestamps and file times that were set back do not make a late submission early."""
    start = time.time()
    folder = hand_in(root, "ann")
    (folder / "timestamp.txt").chmod(0o644)
    (folder / "timestamp.txt").write_text("2001-01-01 00:00:00.000000 UTC")
    for path in (folder, *folder.iterdir()):
        os.utime(path, (0, 0))
    folder.rename(folder.with_name("ann+toy+2001-01-01 00:00:00.000000 UTC+abc"))
    assert collect(root, load_course(root), "toy") == []
    assert timestamp(root, "ann").timestamp() >= start - 1


def test_links_are_not_followed(root):
    """A link in the exchange would be read with the instructor's rights: it is left behind."""
    folder = hand_in(root, "ann")
    (folder / "grader.py").symlink_to(root / "graders" / "toy" / "bucket.py")
    (folder / "trees").symlink_to(root / "graders")
    (folder / "bucket.ipynb").unlink()
    (folder / "bucket.ipynb").symlink_to(root / "solutions" / "toy" / "bucket.py")
    os.mkfifo(folder / "pipe")
    assert collect(root, load_course(root), "toy") == []
    arrived = {path.name for path in (root / "build" / "submitted" / "ann" / "toy").iterdir()}
    assert arrived == {"shell.ipynb", "timestamp.txt", "submission_secret.txt"}


def test_one_students_folder_does_not_stop_the_others(root):
    """Names and contents that make nbgrader give up are left out, and told."""
    hand_in(root, "zoe")
    (inbound(root) / "made up+toy+no time at all").mkdir()
    (inbound(root) / "bob+toy+2001-01-01 00:00:00 UTC+x").write_text("a file, no folder")
    (inbound(root) / "..+toy+2001-01-01 00:00:00 UTC+x").mkdir()
    (inbound(root) / "a*+toy+2001-01-01 00:00:00 UTC+x").mkdir()
    big = hand_in(root, "big")
    with (big / "sparse.bin").open("wb") as file:
        file.truncate(200 * 1024**3)
    lines = collect(root, load_course(root), "toy")
    assert len(lines) == 2
    assert "zoe" in collected(root)
    assert "a*" not in collected(root)
    assert not (root / "build" / "toy").exists()
    assert not (root / "build" / "submitted" / "big" / "toy").exists()


def test_names_that_nbgrader_cannot_carry_are_refused(root):
    """A pattern or a path as a name ends in one clear line."""
    for name in ("a*", "a/b", "a+b", "", ".hidden", "a\nb"):
        with pytest.raises(UsageError, match="cannot be a student's name"):
            submit_as(root, load_course(root), "toy", name, root / "toy")
    with pytest.raises(UsageError, match="not named toy"):
        submit_as(root, load_course(root), "toy", "ann", root)


def test_handing_in_what_was_not_released_is_one_line(root):
    """nbgrader's failure comes as ours, with the exchange's place."""
    shutil.rmtree(root / "build" / "exchange")
    home = root / "homes" / "ann" / "toy"
    home.mkdir(parents=True)
    with pytest.raises(StoreError, match="exchange"):
        submit_as(root, load_course(root), "toy", "ann", home)
