"""`drycloud demo`: the whole loop through the command line and nbgrader's exchange; the checkout stays clean."""

import os
import subprocess
import sys

import pytest
from patience import PATIENCE
from repository import ROOT

pytestmark = pytest.mark.slow


def status():
    return subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    place = tmp_path_factory.mktemp("demo") / "build"
    before = status()
    done = subprocess.run(
        [sys.executable, "-m", "drycloud.cli", "demo"],
        cwd=ROOT,
        env={**os.environ, "DRYCLOUD_BUILD": str(place), "COLUMNS": "150"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    assert status() == before
    return place, done.stdout


@pytest.mark.parametrize(
    ("student", "mark"),
    [
        ("Ada", "10"),
        ("Ольга", "10"),
        ("Søren", "42"),
        ("美咲", "0"),
        ("José", "0e"),
        ("أمينة", "0t"),
        ("Νίκος", "0k"),
        ("שרה", "0m"),
        ("आरव", "0r"),
        ("Mallory", "0e"),
    ],
)
def test_each_student_gets_a_mark_and_feedback(demo, student, mark):
    """Every way to hand in ends in the right mark and a page of feedback."""
    place, said = demo
    (row,) = [line for line in said.splitlines() if f" {student} " in line]
    assert f" {mark} " in row
    assert (place / "feedback" / student / "02_ec2" / "terminate.html").exists()


def test_the_snoop_saw_nothing(demo):
    """Mallory finds no grader and no network, and her page says so."""
    page = (demo[0] / "feedback/Mallory/02_ec2/terminate.html").read_text()
    assert "no way out" in page
    assert "FileNotFoundError" in page
