"""The gradebook is the one source of marks: the table, the pages and lateness say what it says, to the cent."""

import subprocess
import sys
from pathlib import Path

import pytest
from classroom_toy import by_name, fresh, hand_in, report
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from patience import PATIENCE
from rich.cells import cell_len
from rich.console import Console

from drycloud.classroom.adapter import converters
from drycloud.classroom.gradebook.late import penalties
from drycloud.classroom.gradebook.marks import Mark, StepMark, feedback, marks, record
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.course import Late, load_course
from drycloud.render.terminal import show_marks

STEPS = ("security_group", "image", "elastic_ip", "spot", "pricing", "regions")
LONG = "a.very-long.identifier+of.somebody@university.example.org"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ann's work: 1.25 of 3.5 by the checks, 2.751 by hand, 0.1 + 0.2 extra, a day late."""
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    root = fresh(tmp_path)
    for step in ("bucket", "shell"):
        folder = hand_in(root, "ann", step, "pass").parent
    (folder / "timestamp.txt").write_text("2027-02-08 10:00:00 UTC")
    course = load_course(root)
    found = submissions_in(root / "build/submitted", course, course.assignment("toy"))
    assert record(course, "toy", found, by_name([report("ann", "bucket", 1.25), report("ann", "shell", 2)])) == []
    with Gradebook(f"sqlite:///{root}/build/gradebook.db") as book:
        by_hand = book.find_grade("grade", "bucket", "toy", "ann")
        by_hand.manual_score, by_hand.extra_credit, by_hand.needs_manual_grade = 2.751, 0.1, False
        book.find_grade("grade", "shell", "toy", "ann").extra_credit = 0.2
        book.db.commit()
    return root


def stock(root: Path) -> None:
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", "toy", "--force"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr


def formgrader(root: Path) -> None:
    config = converters.settings(load_course(root), "toy")
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    assert api.generate_feedback("toy", "ann")["success"]


def ours(root: Path) -> None:
    assert feedback(load_course(root), "toy") == []


@pytest.mark.parametrize("draw", [ours, stock, formgrader])
def test_every_page_says_what_the_gradebook_says(root, draw):
    """A mark by hand replaces, extra credit adds, lateness takes off; each in a line, and the sum is the headline."""
    draw(root)
    (mark,) = marks(load_course(root), "toy")
    bucket, shell = mark.steps
    assert (bucket.score, bucket.extra_credit, bucket.by_hand, bucket.late_penalty) == (2.85, 0.1, True, 0.31)
    assert (shell.score, shell.extra_credit, shell.by_hand, shell.late_penalty) == (2.2, 0.2, False, 0.24)
    assert (mark.score, mark.points, mark.late_penalty, mark.extra_credit) == (4.5, 5.5, 0.55, 0.3)
    page = (root / "build/feedback/ann/toy/bucket.html").read_text(encoding="utf-8")
    for text in (
        '<span class="dc-mark">2.54 of 3.5 points</span>',
        "A teacher gave this 2.75 of 3.5 points; that mark counts.",
        "The checks gave 1.25, which that mark replaces.",
        "Extra credit: 0.1 points are added.",
        "Handed in late: 0.31 points are taken off, which leaves 2.54.",
        "width:72.6%",
    ):
        assert text in page
    page = (root / "build/feedback/ann/toy/shell.html").read_text(encoding="utf-8")
    assert '<span class="dc-mark">1.96 of 2 points</span>' in page
    assert "A teacher gave" not in page


@given(
    st.dictionaries(st.text("ab", min_size=1), st.decimals(0, 50, places=2).map(float) | st.floats(0, 50), max_size=7),
    st.floats(0, 100),
    st.sampled_from([0.0, 0.05, 0.1, 1 / 3, 1.0]),
)
def test_a_penalty_is_in_cents_and_takes_no_more_than_there_is(scores, points, share):
    """Each part is whole cents and no more than its score; in sum they are the penalty, or all that there is."""
    taken = penalties(Late(penalty_per_day=share), 10.0, points, scores)
    assert set(taken) == set(scores)
    assert all(value == round(value, 2) and 0 <= value <= scores[name] + 1e-6 for name, value in taken.items())
    there = sum(int(100 * score + 1e-6) for score in scores.values())
    assert round(100 * sum(taken.values())) == min(round(100 * share * points), there)


def test_an_extra_credit_that_takes_off_is_the_same_everywhere(root):
    """The total is not below 0, nor is more taken off for lateness than there is; the page says what was taken off."""
    with Gradebook(f"sqlite:///{root}/build/gradebook.db") as book:
        book.find_grade("grade", "bucket", "toy", "ann").extra_credit = -5
        book.db.commit()
    ours(root)
    (mark,) = marks(load_course(root), "toy")
    assert (mark.score, mark.extra_credit, mark.late_penalty) == (0, -4.8, 0)
    page = (root / "build/feedback/ann/toy/bucket.html").read_text(encoding="utf-8")
    assert '<span class="dc-mark">-2.25 of 3.5 points</span>' in page
    assert "Extra credit: 5 points are taken off." in page
    with Gradebook(f"sqlite:///{root}/build/gradebook.db") as book:
        book.find_grade("grade", "bucket", "toy", "ann").extra_credit = -4.75
        book.db.commit()
    ours(root)
    (mark,) = marks(load_course(root), "toy")
    assert (mark.score, mark.late_penalty) == (0, 0.2)


def standing(student: str, *scores: float, **more: float) -> Mark:
    late, extra = more.get("late", 0.0), more.get("extra", 0.0)
    steps = [StepMark(step, score + extra * (n == 0), 12.5, extra * (n == 0), late * (n == 0), n == 1, n == 2)
             for n, (step, score) in enumerate(zip(STEPS, scores, strict=True))]  # fmt: skip
    return Mark(student, round(sum(scores) + extra - late, 2), 75, late, extra, steps)


def shown(width: int, *found: Mark, runs: dict[tuple[str, str], str] | None = None) -> list[str]:
    console = Console(width=width, no_color=True)
    with console.capture() as captured:
        show_marks(console, "03_more_ec2", list(found), runs or {})
    return captured.get().splitlines()


def test_the_table_can_be_read_at_80_columns():
    """Six steps, a long id, lateness and extra credit: nothing is cut off, steps stand in the course's order."""
    ann = standing("ann", 12.5, 3.33, 10, 0, 0, 12)
    lines = shown(80, ann, standing(LONG, *[12.5] * 6, late=7.5, extra=1.25), runs={("ann", "spot"): "timed_out"})
    assert max(map(cell_len, lines)) <= 80
    text = "\n".join(lines)
    assert "…" not in text
    (row,) = [line for line in lines if line.startswith(" ann ")]
    assert row.split() == ["ann", "12.5", "3.33h", "10w", "0t", "0", "12", "37.83"]
    assert LONG in "".join(line[:20].strip() for line in lines)
    assert [text.index(name) for name in ("security", "image", "ip", "spot", "pricing", "regions", "late", "extra")]
    header = next(line for line in lines if line.startswith(" student"))
    assert header.split() == ["student", *["/12.5"] * 6, "late", "extra", "/75"]
    (row,) = [line for line in lines if "-7.5" in line]
    assert row.split()[-3:] == ["-7.5", "1.25", "68.75"]
    assert "t timed out · h marked by hand · w waits for a mark by hand" in text


@pytest.mark.parametrize("width", [40, 60])
def test_a_narrow_terminal_cuts_no_amount(width):
    """What does not fit goes on in the next line."""
    lines = shown(width, standing("ann", 12.5, 3.33, 10, 0, 0, 12))
    assert "…" not in "".join(lines)
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize(
    ("run", "letter", "words"),
    [
        ("raised", "e", "stopped with an error"),
        ("out_of_memory", "m", "out of memory"),
        ("killed", "k", "killed"),
        ("refused", "r", "refused"),
        ("", "-", "not handed in"),
    ],
)
def test_what_became_of_a_run_stays_visible(run, letter, words):
    """A letter at the mark, and below the table what it means."""
    lines = shown(80, standing("ann", 1, 0, 0, 0, 0, 0), runs={("ann", STEPS[0]): run})
    assert f"1{letter}" in next(line for line in lines if line.startswith(" ann")).split()
    assert f"{letter} {words}" in "\n".join(lines)
