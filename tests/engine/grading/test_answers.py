"""Answers in prose on their way to a report: which text is whose answer, what waits, and what a course must hold."""

from pathlib import Path

import nbformat
import pytest
from answers_toy import FILES, STUB, report_on, save, write_course

from drycloud.course import load_course
from drycloud.errors import CourseError, SubmissionError
from drycloud.grading.checker import Verdict
from drycloud.grading.checks import Rubric
from drycloud.grading.suite import load_suite
from drycloud.notebook import Prose, load_exercise, load_reference, read_answers, read_submission
from drycloud.notebook.cells import role_of
from drycloud.render.terminal import show_report
from drycloud.verify import verify


@pytest.fixture
def root(tmp_path):
    return write_course(tmp_path)


def cell(source, number=None, kind="markdown", tags=()):
    mark = {"nbgrader": {"grade_id": f"answer-{number}"}} if number else {}
    extra = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "source": source, "metadata": {"tags": list(tags), **mark}, **extra}


def prose_in(root: Path, *cells: dict[str, object], step: str = "words") -> Prose:
    notebook = nbformat.from_dict({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    path = save(root, "ann", step, notebook)
    return read_answers(path, load_exercise(load_course(root).files_of("essay", step).exercise), f"essay/{step}")


@pytest.mark.parametrize(
    ("cells", "answers", "elsewhere"),
    [
        ([cell("Water.", 1), cell("Falls.", 2)], ["Water.", "Falls."], False),
        ([cell("Falls.", 2), cell("Water.", 1)], ["Water.", "Falls."], False),
        ([cell("Falls.", 2)], ["", "Falls."], False),
        ([cell(STUB, 1), cell(f"  {STUB}\n\n", 2)], ["", ""], False),
        ([cell("", 1), cell(f"{STUB}\n\nFalls.", 2)], ["", f"{STUB}\n\nFalls."], False),
        ([cell("Water.", tags=("answer",)), cell("Falls.", tags=("answer",))], ["Water.", "Falls."], False),
        ([cell("# Two questions\nWhat is a cloud?"), cell("Water.", 1), cell("What is rain?")], ["Water.", ""], False),
        ([cell("Wet.", 1), cell("And cold."), cell(STUB, 2)], ["Wet.\n\nAnd cold.", ""], True),
        ([cell("Both: wet."), cell(STUB, 1), cell(STUB, 2)], ["Both: wet.", ""], True),
        ([cell("Wet.", 1), cell("Twice.", 1)], ["Wet.\n\nTwice.", ""], False),
        ([cell("Wet.", 1, "code"), cell(STUB, 2)], ["Wet.", ""], False),
        ([cell(STUB, 1), cell(STUB, 2), cell("'wet'", kind="code")], ["", ""], True),
        ([cell("Wet.", 999), cell("Cold.", 0, tags=("answer",))], ["", "Wet.\n\nCold."], False),
    ],
)
def test_each_text_is_the_answer_that_it_was_meant_as(root, cells, answers, elsewhere):
    """By the number of its cell, else by its order; text in a cell of one's own belongs to the answer above."""
    assert prose_in(root, *cells) == Prose(answers, elsewhere)


def test_what_has_no_answer_cell_is_refused_where_nothing_else_is_asked_for(root):
    """A student who hands in something else is told so; beside a task, answers may be missing."""
    (root / "a.py").write_text("# water\n")
    words, both = (load_exercise(load_course(root).files_of("essay", step).exercise) for step in ("words", "both"))
    with pytest.raises(SubmissionError, match=r"a\.py: it has none of the cells for your answers; hand in the note"):
        read_answers(root / "a.py", words, "essay/words")
    assert read_answers(root / "a.py", both, "essay/both") == Prose([""])
    assert read_submission(root / "a.py", both, "essay/both") == ["# water\n"]


def test_an_answer_cell_is_never_run(root):
    """Prose in an answer cell that was made a code cell is no code; a code cell with the tag is the student's own."""
    notebook = nbformat.from_dict(
        {"cells": [cell("import os", 1, "code"), cell("1 + 1", kind="code", tags=("answer",))], "metadata": {}}
        | {"nbformat": 4, "nbformat_minor": 4}
    )
    exercise = load_exercise(load_course(root).files_of("essay", "both").exercise)
    assert read_submission(save(root, "ann", "both", notebook), exercise, "essay/both") == ["1 + 1"]
    assert (role_of("markdown", ["answer", "notes"]), role_of("code", ["notes"])) == ("notes", "own")


def outcomes(root: Path, step: str, answers: list[str | None], *verdicts: Verdict) -> tuple[object, ...]:
    hand_in_from(root, step, answers)
    report = report_on(root, "ann", step, *verdicts)
    found = {check.name: check.outcome for check in report.checks}
    return found, report.status, report.is_checked, report.score, report.points


def hand_in_from(root: Path, step: str, answers: list[str | None]) -> None:
    cells = [cell(STUB if text is None else text, number) for number, text in enumerate(answers, start=1)]
    save(root, "ann", step, nbformat.from_dict({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))


def test_an_answer_waits_and_none_earns_nothing(root):
    """Prose waits for a teacher, an empty cell does not; the automatic part counts at once."""
    both = {"answer-1": "waiting", "answer-2": "waiting"}
    assert outcomes(root, "words", ["Wet.", "Falls."]) == (both, "needs_grading", True, 0.0, 3.5)
    none = {"answer-1": "failed", "answer-2": "failed"}
    assert outcomes(root, "words", [None, None]) == (none, "graded", True, 0.0, 3.5)
    passed, broke = (Verdict("test_the_bucket_is_there", how) for how in ("passed", "broke"))
    mixed = {"test_the_bucket_is_there": "passed", "answer-1": "waiting"}
    assert outcomes(root, "both", ["Because."], passed) == (mixed, "needs_grading", True, 2.0, 3.0)
    assert outcomes(root, "both", ["Because."], broke)[1:] == ("needs_grading", False, 0.0, 3.0)
    assert outcomes(root, "both", [None], passed)[1:] == ("graded", True, 2.0, 3.0)


def test_a_terminal_tells_what_waits(root, capsys):
    """The mark so far, and that the rest is a teacher's."""
    from rich.console import Console

    hand_in_from(root, "words", ["Wet.", None])
    show_report(Console(width=100, highlight=False), report_on(root, "ann", "words"))
    shown = capsys.readouterr().out.splitlines()
    assert shown == [
        "ann: essay/words 0 of 3.5 so far; the rest is marked by hand",
        "  … What a cloud is.  0/1.5",
        "  ✗ What rain is.  0/2",
        "    There is no answer in this cell.",
    ]


@pytest.mark.parametrize(
    ("tree", "old", "new", "told"),
    [
        ("graders", "rubrics = [", "rubrics = 1 or [", "`rubrics` is not a list of Rubric"),
        ("graders", "rubrics = [", "rubrics = [][:0] and [", "0 rubrics, where the exercise has 2 answer cells"),
        ("graders", "(2, ", "(0, ", "points must be a number above 0, not 0"),
        ("graders", '"What rain is."', '" "', "needs a title and criteria"),
        ("graders", '[(2, "Its droplets became too heavy.")]', "[]", "needs a title and criteria"),
        ("solutions", "# Droplets that grew too heavy to float any longer.", "#", "1 answer cells, where"),
        ("exercises", 'tags=["answer"]', "", "no task cell"),
    ],
)  # fmt: skip
def test_a_course_with_a_gap_is_refused_in_one_line(root, tree, old, new, told, tmp_path):
    """Each answer has a rubric, points and a reference answer, or the course is not graded at all."""
    path = root / tree / "essay/words.py"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    (tmp_path / "scratch").mkdir()
    with pytest.raises(CourseError, match=told) as caught:
        list(verify(load_course(root), "essay/words", 1, tmp_path / "scratch"))
    assert str(path) in str(caught.value)


def test_a_check_needs_a_task(root):
    """Where nothing is run there is nothing for a check to look at."""
    path = root / "graders/essay/words.py"
    check = '\n\n@check(points=1)\ndef test_x(after):\n    """X."""\n'
    path.write_text(path.read_text().replace("import Rubric", "import Rubric, check") + check)
    with pytest.raises(CourseError, match="a check, but the exercise has no task"):
        load_suite(load_exercise(load_course(root).files_of("essay", "words").exercise), path)


def test_a_rubric_is_worth_its_criteria():
    """The points of an answer stand in its criteria, and nowhere else."""
    assert Rubric("T.", [(1, "a"), (0.5, "b")]).points == 1.5


def test_verify_proves_what_can_be_proved_of_prose(root, tmp_path):
    """The stub earns nothing and leaves nobody work; reference answers wait; a blank answer is lost."""
    samples = root / "tests/submissions/essay/words"
    for name, text in (("right/a", "Water."), ("wrong/b", STUB), ("more/right/c", "Rain."), ("more/wrong/d", STUB)):
        path = samples / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        answers = "\n\n".join(f'# %% [markdown] tags=["answer"]\n# {answer}' for answer in (text, "Falls."))
        path.write_text(f"# loses: answer-1\n\n{answers}\n")
    findings = list(verify(load_course(root), "essay/words", 1, tmp_path))
    more = list(verify(load_course(root), "essay/words", 1, tmp_path, more=True))
    assert not [f.problem for f in more if f.problem]
    assert {f.label for f in more} - {f.label for f in findings} == {
        "essay/words more/right/c.py",
        "essay/words more/wrong/d.py",
    }
    assert sorted((f.label, f.problem) for f in findings) == [
        ("essay/words right/a.py", ""),
        ("essay/words solution", ""),
        ("essay/words stub", ""),
        ("essay/words wrong/b.py", ""),
    ]
    (samples / "right/a.py").write_text((samples / "wrong/b.py").read_text())
    (found,) = [f for f in verify(load_course(root), "essay/words", 1, tmp_path) if "right" in f.label]
    assert found.problem == "it loses answer-1, and should lose nothing (finished)"


def test_reference_answers_stand_in_the_solution(root):
    """In the order of the exercise's answer cells."""
    files = load_course(root).files_of("essay", "words")
    references = load_reference(files.solution, load_exercise(files.exercise))
    assert references[0] == "Many droplets of water that float in cold air."
    assert FILES["solutions/essay/words.py"].count("answer") == len(references)
