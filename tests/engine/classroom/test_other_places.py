"""A build folder and an exchange in another place, named by a relative path: the same for every command and program."""

import sys
from pathlib import Path

import pytest
from classroom_toy import hand_in, write_course
from machine import CLI, run

from drycloud.classroom.places import exchange_dir
from drycloud.course import load_course

RIGHT = 'import boto3\nboto3.client("s3", region_name="us-east-1").create_bucket(Bucket=given.bucket)\n'


@pytest.mark.parametrize("start", [".", "graders/toy"])
def test_a_class_is_graded_in_another_place(tmp_path, monkeypatch, start):
    """Seen from the course's folder, wherever the command is given; nothing is taken for changed, or lies elsewhere."""
    root = write_course(tmp_path / "course")
    monkeypatch.setenv("DRYCLOUD_BUILD", "../made/here")
    released = run([*CLI, "release", "toy"], root / start, DRYCLOUD_BUILD="../made/here")
    assert released.returncode == 0, released.stderr
    (tmp_path / "course/build").symlink_to(tmp_path / "made/here")
    hand_in(root, "ann", "bucket", RIGHT)
    (tmp_path / "course/build").unlink()
    graded = run([*CLI, "grade", "toy"], root / start, DRYCLOUD_BUILD="../made/here")
    assert (graded.returncode, graded.stderr) == (0, ""), graded.stderr
    assert "3.5" in graded.stdout
    stock = run([sys.executable, "-m", "nbgrader", "autograde", "toy"], root, DRYCLOUD_BUILD="../made/here")
    assert "to be marked by hand" not in stock.stderr
    exported = run([*CLI, "export", "toy", "--to", str(tmp_path / "x.csv")], root, DRYCLOUD_BUILD="../made/here")
    assert (exported.returncode, exported.stderr) == (0, "")
    assert "ann,3.50,0.00,0.00,0.00,3.50,5.50," in (tmp_path / "x.csv").read_text()
    assert (tmp_path / "made/here/feedback/ann/toy/bucket.html").exists()
    assert [path.name for path in tmp_path.rglob("gradebook.db")] == ["gradebook.db"]


def test_places_do_not_follow_the_working_directory(tmp_path, monkeypatch):
    """nbgrader's programs change it while they run; ~ is the home folder."""
    root = write_course(tmp_path)
    monkeypatch.setenv("DRYCLOUD_BUILD", "made")
    monkeypatch.setenv("DRYCLOUD_EXCHANGE", "shared")
    monkeypatch.chdir("/")
    assert load_course(root).build == tmp_path / "made"
    assert exchange_dir(load_course(root)) == tmp_path / "shared"
    monkeypatch.setenv("DRYCLOUD_BUILD", "~/made")
    assert load_course(root).build == Path.home() / "made"
