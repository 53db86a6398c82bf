"""Answers in prose through nbgrader: released, collected, marked by hand in formgrader, fed back, graded again."""

import html
import json
from datetime import timedelta
from pathlib import Path

import nbformat
import pytest
from answers_toy import FILES, STUB, fresh, hand_in, not_handed_in, released, report_on, write_course
from classroom_toy import by_name
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.server_extensions.formgrader import handlers

from drycloud.classroom.adapter import converters
from drycloud.classroom.gradebook.marks import feedback, marks, record
from drycloud.classroom.notebooks.guides import escape_prose
from drycloud.classroom.notebooks.sources import build
from drycloud.classroom.releases.leaks import find_leaks
from drycloud.classroom.releases.secrets import secrets_of
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.course import load_course
from drycloud.grading.checker import Verdict

PASSED = Verdict("test_the_bucket_is_there", "passed")
REFERENCE = "Droplets that grew too heavy to float any longer."
CRITERION = "It floats although it is heavy."
NOTE = "Snow may be mentioned and earns nothing."
SCRIPT = "<script>alert('x')</script>"
HOSTILE = (
    f"{SCRIPT} </pre><img src=x onerror=alert(1)> [x](javascript:alert(1)) $\\href{{javascript:1}}{{x}}$\n\n# Big\n---"
)


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    return fresh(tmp_path)


def grade(root: Path, student: str = "ann") -> None:
    """The class run, with the reports that the engine makes of what was handed in; the bucket was always made."""
    course = load_course(root)
    handed_in = submissions_in(root / "build/submitted", course, course.assignment("essay"))
    reports = [
        report_on(root, who, step, *([PASSED] if step == "both" else [])) for who, files in handed_in for step in files
    ]
    assert record(course, "essay", handed_in, by_name([*not_handed_in(root, handed_in), *reports])) == []


def grades(root: Path, step: str, student: str = "ann") -> dict[str, tuple[object, ...]]:
    """Of each cell that holds a mark: the automatic one, the one by hand, whether it waits, and the most there is."""
    with gradebook(root) as book:
        notebook = book.find_submission_notebook(step, "essay", student)
        return {g.name: (g.auto_score, g.manual_score, g.needs_manual_grade, g.max_score) for g in notebook.grades}


def gradebook(root: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{root}/build/gradebook.db")


def mark(root: Path, name: str, score: float | None, comment: str = "", step: str = "words") -> None:
    """What a teaching assistant does in formgrader; the flag is set as its handler sets it."""
    with gradebook(root) as book:
        grade = book.find_grade(name, step, "essay", "ann")
        grade.manual_score = score
        grade.needs_manual_grade = grade.manual_score is None and grade.auto_score is None
        if comment:
            book.find_comment(name, step, "essay", "ann").manual_comment = comment
        book.db.commit()


def autograded(root: Path, step: str = "words") -> Path:
    return root / "build/autograded/ann/essay" / f"{step}.ipynb"


def formgrader(path: Path) -> str:
    """The page that formgrader makes of an autograded notebook."""
    exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[handlers.template_path])
    names = ("assignment_id", "notebook_id", "submission_id", "base_url", "student", "last_name", "first_name")
    resources = {**dict.fromkeys((*names, "notebook_path"), ""), "index": 0, "total": 1}
    return exporter.from_filename(str(path), resources=resources)[0]


def page(root: Path, step: str = "words") -> str:
    assert feedback(load_course(root), "essay") == []
    return (root / "build/feedback/ann/essay" / f"{step}.html").read_text(encoding="utf-8")


def test_a_source_notebook_holds_answers_and_rubrics(tmp_path):
    """Reference answers stand where students write, each worth its rubric's points, which is told below."""
    root = write_course(tmp_path)
    path = build(load_course(root), "essay")[0]
    notebook = nbformat.read(path, as_version=4)
    ids = [cell.id for cell in notebook.cells]
    assert ids == ["text-1", "answer-1", "guide-1", "text-2", "answer-2", "guide-2", "summary", "grade"]
    answer, guide = notebook.cells[4:6]
    assert answer.source == REFERENCE
    told = {name: answer.metadata.nbgrader[name] for name in ("grade", "solution", "locked", "points", "cell_type")}
    assert told == {"grade": True, "solution": True, "locked": False, "points": 2.0, "cell_type": "markdown"}
    assert "**2** · Its droplets became too heavy." in guide.source
    assert NOTE in guide.source
    assert not notebook.cells[-1].metadata.nbgrader.grade  # nothing is checked: nbgrader keeps no mark for it


def test_a_release_holds_places_for_answers_and_nothing_of_ours(root):
    """The stubs are back, editable but not to be deleted; neither rubric nor reference answer is in any file."""
    cells = [cell for cell in released(root, "words").cells if "answer" in cell.metadata.tags]
    assert [(cell.cell_type, cell.source, cell.metadata.nbgrader.points) for cell in cells] == [
        ("markdown", STUB, 1.5),
        ("markdown", STUB, 2.0),
    ]
    assert all(cell.metadata.deletable is False and "editable" not in cell.metadata for cell in cells)
    texts = [path.read_text() for path in (root / "build/release").rglob("*.ipynb")]
    assert len(texts) == 2
    assert not [secret for secret in (REFERENCE, CRITERION, NOTE, "For teachers") for text in texts if secret in text]
    assert find_leaks([root / "build/release"], secrets_of(load_course(root))) == []


@pytest.mark.parametrize("secret", [REFERENCE, CRITERION, NOTE, "Because its droplets became too heavy. Really."])
def test_a_leaked_rubric_or_reference_answer_is_found(tmp_path, secret):
    """The check of a release knows what only teachers may see, word for word."""
    root = write_course(tmp_path / "course")
    (tmp_path / "released.ipynb").write_text(json.dumps({"cells": [{"source": [f"By the way: {secret}\n"]}]}))
    found = {leak.secret.where for leak in find_leaks([tmp_path / "released.ipynb"], secrets_of(load_course(root)))}
    assert found & {"solutions/essay/words.py", "graders/essay/words.py"}


def test_answers_wait_in_the_gradebook_and_blank_ones_do_not(root):
    """nbgrader keeps a mark for each answer, beside the automatic one for the checks."""
    hand_in(root, "ann", "words", "Water.", None)
    hand_in(root, "ann", "both", "Because.")
    grade(root)
    assert grades(root, "words") == {"answer-1": (None, None, True, 1.5), "answer-2": (0.0, None, False, 2.0)}
    assert grades(root, "both") == {"answer-1": (None, None, True, 1.0), "grade": (2.0, None, False, 2.0)}
    (found,) = marks(load_course(root), "essay")
    assert (found.score, found.points, found.waiting) == (2.0, 6.5, ["words", "both"])
    assert "2 of 3 points so far" in page(root, "both")


def test_formgrader_shows_the_answer_its_rubric_and_the_reference_answer(root):
    """All that is needed to mark it, below each other, with a field for the mark and one for a comment."""
    hand_in(root, "ann", "words", "Water.\n\n- and *air*", None)
    grade(root)
    shown = formgrader(autograded(root))
    places = [
        shown.index(text)
        for text in ("Water.\n\n- and *air*", CRITERION, "Many droplets of water", STUB[1:-1], REFERENCE)
    ]
    assert places == sorted(places)
    for name in ("answer-1", "answer-2"):
        assert f'id="{name}"' in shown
        assert f'id="{name}-comment"' in shown


def test_prose_is_text_wherever_it_is_shown(root):
    """Scripts, pictures, links, formulas and headings of a student's do nothing in formgrader or in feedback."""
    hand_in(root, "ann", "words", HOSTILE, HOSTILE)
    grade(root)
    for shown in (formgrader(autograded(root)), page(root)):
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert 'href="javascript' not in shown
        assert "# Big\n---" in shown
        assert "alert(&#39;x&#39;)" in shown or "alert('x')&lt;" in shown


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t"), max_size=60))
@settings(max_examples=200, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_prose_is_shown_as_it_was_written(text):
    """Every character comes out as itself, and none of them can begin anything in HTML, Markdown or a formula."""
    cell = nbformat.v4.new_markdown_cell(text)
    escape_prose(cell)
    inner = cell.source.partition(">")[2].removesuffix("</pre>")
    assert html.unescape(inner) == text
    assert not set(inner) & set("<>*_`$\\[]()!-=+|~:'\"")


def test_very_long_prose_is_cut_in_formgrader_and_told(root):
    """A page of a million characters would help nobody."""
    hand_in(root, "ann", "words", "x" * 30_000, "y")
    grade(root)
    assert "(10000 characters more)" in html.unescape(formgrader(autograded(root)))


def test_marks_and_comments_reach_feedback_and_the_rubric_does_not(root):
    """Each answer with what a teacher gave for it and said of it; the sum counts both kinds of marks."""
    hand_in(root, "ann", "words", "Water.", "Falls.")
    hand_in(root, "ann", "both", "Because.")
    grade(root)
    mark(root, "answer-1", 1.25, f"Nearly. {SCRIPT}")
    shown = page(root)
    assert "1.25 of 3.5 points so far" in shown
    assert "not marked yet" in shown
    mark(root, "answer-2", 2.0)
    mark(root, "answer-1", 1.0, step="both")
    shown, both = page(root), page(root, "both")
    assert "3.25 of 3.5 points<" in shown
    assert "3 of 3 points<" in both
    for text in ("What a cloud is.", "1.25 / 1.5", "Nearly. &lt;script&gt;", "Falls.", "marked by a teacher"):
        assert text in shown
    for secret in (REFERENCE, CRITERION, NOTE, "For teachers", "<script"):
        assert secret not in shown
    assert [m.waiting for m in marks(load_course(root), "essay")] == [[]]


def test_grading_again_keeps_marks_by_hand_and_asks_only_for_what_was_rewritten(root):
    """Nobody has to look again at a hundred answers because one student handed in once more."""
    hand_in(root, "ann", "words", "Water.", "Falls.")
    grade(root)
    mark(root, "answer-1", 1.0, "Good.")
    mark(root, "answer-2", 2.0)
    grade(root)
    assert grades(root, "words") == {"answer-1": (None, 1.0, False, 1.5), "answer-2": (None, 2.0, False, 2.0)}
    hand_in(root, "ann", "words", "Water and air.", "Falls.")
    for _ in range(2):  # a mark that waits to be looked at again goes on waiting
        grade(root)
        assert grades(root, "words") == {"answer-1": (None, 1.0, True, 1.5), "answer-2": (None, 2.0, False, 2.0)}
    assert "Good." in page(root)
    hand_in(root, "ann", "words", None, "Falls.")
    grade(root)
    assert grades(root, "words")["answer-1"] == (0.0, 1.0, True, 1.5)


def test_lateness_counts_the_marks_that_teachers_give_later(root):
    """The penalty is a share of what was earned in the end, not of what was there when the code was graded."""
    path = hand_in(root, "ann", "words", "Water.", "Falls.")
    due = load_course(root).assignment("essay").due
    (path.parent / "timestamp.txt").write_text(f"{due + timedelta(hours=1):%Y-%m-%d %H:%M:%S} UTC")
    grade(root)
    assert marks(load_course(root), "essay")[0].late_penalty == 0
    mark(root, "answer-2", 2.0)
    assert "Handed in late: 0.65 points are taken off, which leaves 1.35." in page(root)
    assert marks(load_course(root), "essay")[0].score == pytest.approx(1.35)


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own, in its own program
def test_formgraders_autograde_button_keeps_prose_and_marks(root, monkeypatch):
    """nbgrader's own way to grade does with answers what ours does."""
    hand_in(root, "ann", "words", "Water.", None)
    config = converters.settings(load_course(root), "essay")
    config.Grade.provider = lambda student, _, step, __: report_on(root, student, step)
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    for score in (None, 1.0):
        assert api.autograde("essay", "ann")["success"]
        assert grades(root, "words")["answer-1"] == (None, score, score is None, 1.5)
        mark(root, "answer-1", 1.0)
    assert "Water." in formgrader(autograded(root))


def test_what_cannot_be_read_earns_nothing_and_says_why(root):
    """A damaged notebook has no answers; its marks by hand stay, and nothing waits."""
    hand_in(root, "ann", "words", "Water.", "Falls.").write_text("{", encoding="utf-8")
    course = load_course(root)
    handed_in = submissions_in(root / "build/submitted", course, course.assignment("essay"))
    from drycloud.grading.results import report_for

    report = report_for(course, "ann", "essay", handed_in[0][1]["words"])
    assert record(course, "essay", handed_in, by_name([*not_handed_in(root, handed_in), report])) == []
    assert grades(root, "words") == {"answer-1": (0.0, None, False, 1.5), "answer-2": (0.0, None, False, 2.0)}
    assert "its JSON is damaged" in page(root)


def test_the_toy_course_is_what_these_tests_say(tmp_path):
    """The secrets that are searched for stand in its files."""
    text = "".join(FILES.values())
    assert all(secret in text for secret in (REFERENCE, CRITERION, NOTE))
