"""nbgrader's traps, each with the protection that it meets; and what a class run does to the gradebook."""

import math
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

import nbformat
import pytest
from classroom_toy import POINTS, by_name, fresh, hand_in, report, save
from msgspec import structs
from nbgrader.api import Gradebook
from nbgrader.apps import AutogradeApp
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from patience import PATIENCE

from drycloud.classroom.adapter import converters
from drycloud.classroom.gradebook import autograde
from drycloud.classroom.gradebook.marks import feedback, marks, record
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.course import load_course
from drycloud.report import Report

SCRIPT = "<script>alert('x')</script>"


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    monkeypatch.delenv("DRYCLOUD_EXCHANGE", raising=False)
    return fresh(tmp_path)


def grade(root: Path, *reports: Report) -> list[str]:
    """The class run, with these reports, and one on nothing for what was not handed in."""
    course = load_course(root)
    handed_in = submissions_in(root / "build" / "submitted", course, course.assignment("toy"))
    nothing = [report(student, step, 0.0) for student, files in handed_in for step in POINTS.keys() - files.keys()]
    return record(course, "toy", handed_in, by_name([*nothing, *reports]))


def stock(root: Path, monkeypatch, *arguments: str) -> None:
    """The unmodified `nbgrader autograde toy`, in this process, in the course's folder."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(root / "no-config"))
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "")
    AutogradeApp.clear_instance()
    app = AutogradeApp.instance(log_level="CRITICAL")
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("warnings.showwarning", lambda *_, **__: None)
            app.initialize(["toy", *arguments])
            app.start()
    finally:
        AutogradeApp.clear_instance()


def engine(monkeypatch, answer) -> list[Path | None]:
    """Puts `answer` in the engine's place; gives the submissions that it is asked for."""
    asked: list[Path | None] = []
    module = ModuleType("drycloud.grading.results")

    def report_for(course, student, assignment, work):
        asked.append(work.path)
        return answer(student, work.step) if work.path else report(student, work.step, 0.0)

    module.report_for = report_for  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "drycloud.grading.results", module)
    return asked


def mark_of(root: Path, student: str):
    return next(mark for mark in marks(load_course(root), "toy") if mark.student == student)


def notebook_of(root: Path, student: str, step: str = "bucket"):
    return nbformat.read(root / "build" / "autograded" / student / "toy" / f"{step}.ipynb", as_version=4)


def page_of(root: Path, student: str, step: str = "bucket") -> str:
    feedback(load_course(root), "toy")
    return (root / "build" / "feedback" / student / "toy" / f"{step}.html").read_text(encoding="utf-8")


def by_hand(root: Path, student: str, score: float | None = None, comment: str = "") -> None:
    """What a teaching assistant does in formgrader."""
    with Gradebook(f"sqlite:///{root}/build/gradebook.db") as gradebook:
        if score is not None:
            mark = gradebook.find_grade("grade", "bucket", "toy", student)
            mark.manual_score, mark.needs_manual_grade = score, False
        if comment:
            gradebook.find_comment("task-1", "bucket", "toy", student).manual_comment = comment
        gradebook.db.commit()


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own, in its own program
def test_unmodified_nbgrader_autograde_asks_our_engine_and_runs_nothing(root, monkeypatch):
    """`nbgrader autograde` puts fractional marks into the gradebook, and no cell is executed."""
    path = hand_in(root, "ann", "bucket", f"open({str(root / 'ran')!r}, 'w')")
    asked = engine(monkeypatch, lambda student, step: report(student, step, 1.25))
    stock(root, monkeypatch)
    assert asked == [path, None]
    assert mark_of(root, "ann").by_step == {"bucket": 1.25, "shell": 0.0}
    assert not (root / "ran").exists()


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # as above
def test_a_broken_configuration_ends_nbgrader(root, monkeypatch):
    """nbgrader logs an exception in its configuration and goes on with a kernel: ours ends the program."""
    hand_in(root, "ann", "bucket", "pass")
    with (root / "course.yml").open("a") as file:
        file.write("nonsense: 1\n")
    with pytest.raises(SystemExit, match=r"drycloud: nbgrader is not configured.*course\.yml"):
        stock(root, monkeypatch)
    assert not (root / "build" / "autograded").exists()


@pytest.mark.filterwarnings("ignore")  # a stock run of nbgrader, with the warnings of its kernel machinery
def test_without_configuration_no_code_runs_and_nobody_gets_points(root, monkeypatch):
    """A stock autograde on our folders finds no kernel of the name that our gradebook gives."""
    (root / "nbgrader_config.py").unlink()
    hand_in(root, "ann", "bucket", f"open({str(root / 'ran')!r}, 'w')")
    with pytest.raises(SystemExit):
        stock(root, monkeypatch, f"--course-dir={root / 'build'}")
    assert not (root / "ran").exists()
    assert mark_of(root, "ann").score == 0


def test_a_grade_cell_without_a_mark_is_marked_by_hand(root):
    """Without output nbgrader would give full marks; what needs grading gets none, and waits."""
    hand_in(root, "ann", "bucket", "pass")
    grade(root, report("ann", "bucket", 0.0, status="needs_grading"))
    mark = mark_of(root, "ann")
    assert (mark.score, mark.waiting) == (0.0, ["bucket"])
    assert "to be marked by hand" in page_of(root, "ann")


@pytest.mark.parametrize("score", [-1.0, math.nan, math.inf, 3.6])
def test_a_score_out_of_range_is_marked_by_hand(root, score):
    """nbgrader gives full marks for -1 and nan; here they earn nothing and somebody looks."""
    hand_in(root, "ann", "bucket", "pass")
    lines = grade(root, structs.replace(report("ann", "bucket", 1.0), score=score))
    assert mark_of(root, "ann").waiting == ["bucket"]
    assert mark_of(root, "ann").score == 0
    assert "out of range" in lines[0]


def test_a_students_outputs_are_dropped(root):
    """Outputs and marks that a student wrote into the notebook go nowhere."""
    path = hand_in(root, "ann", "bucket", "pass")
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            result = nbformat.v4.new_output("execute_result", {"text/plain": "3.5", "text/html": SCRIPT})
            cell.outputs = [result, nbformat.v4.new_output("stream", name="stderr", text="stale")]
    save(root, "ann", "bucket", notebook)
    grade(root, report("ann", "bucket", 1.25))
    outputs = [output for cell in notebook_of(root, "ann").cells for output in cell.get("outputs", [])]
    assert [output.output_type for output in outputs] == ["display_data"]
    assert mark_of(root, "ann").score == 1.25


def test_what_fails_takes_back_the_old_mark(root):
    """A preprocessor that raises leaves nbgrader's old score; here the mark is void and waits."""
    hand_in(root, "ann", "bucket", "pass")
    grade(root, report("ann", "bucket", 3.5))
    assert mark_of(root, "ann").score == 3.5
    lines = grade(root)  # no report: asking for one raises
    assert (mark_of(root, "ann").score, mark_of(root, "ann").waiting) == (0.0, ["bucket"])
    assert len(lines) == 1
    assert "not your fault" in page_of(root, "ann")


def test_what_fails_before_grading_takes_back_the_old_mark(root, monkeypatch):
    """A failure outside of our preprocessors, too, leaves no old mark behind."""
    hand_in(root, "ann", "bucket", "pass")
    grade(root, report("ann", "bucket", 3.5))

    def fail(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr(autograde, "clean_notebook", fail)
    config = converters.settings(load_course(root), "toy")
    assert converters.autograde(config)
    assert (mark_of(root, "ann").score, mark_of(root, "ann").waiting) == (0.0, ["bucket"])


def damage(root: Path) -> None:
    """Hands in notebooks with every cell doubled, with only the task left, and with their metadata made up."""
    doubled = nbformat.read(hand_in(root, "doubled", "bucket", "pass"), as_version=4)
    doubled.cells += [nbformat.from_dict({**cell, "id": f"again-{i}"}) for i, cell in enumerate(doubled.cells)]
    save(root, "doubled", "bucket", doubled)
    deleted = nbformat.read(hand_in(root, "deleted", "bucket", "pass"), as_version=4)
    deleted.cells = [cell for cell in deleted.cells if "task" in cell.metadata.tags]
    save(root, "deleted", "bucket", deleted)
    tampered = nbformat.read(hand_in(root, "tampered", "bucket", "pass"), as_version=4)
    for cell in tampered.cells:
        cell.metadata["nbgrader"] = {"grade_id": "grade", "points": 1000, "schema_version": 99}
    save(root, "tampered", "bucket", tampered)


def test_one_broken_submission_does_not_stop_the_class(root):
    """Duplicated, deleted, tampered and unreadable: each gets the mark of its report, as does the next student."""
    damage(root)
    hand_in(root, "no json", "bucket", "pass").write_text("{not json", encoding="utf-8")
    hand_in(root, "zoe", "bucket", "pass")
    students = ["deleted", "doubled", "no json", "tampered", "zoe"]
    assert grade(root, *(report(student, "bucket", 1.25) for student in students)) == []
    assert [(m.student, m.score, m.waiting) for m in marks(load_course(root), "toy")] == [
        (student, 1.25, []) for student in students
    ]


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # as above
def test_stock_autograde_survives_damaged_notebooks(root, monkeypatch):
    """In nbgrader a duplicated cell stops the class, a deleted one waits for ever, what is no JSON fails."""
    damage(root)
    hand_in(root, "no json", "bucket", "pass").write_text("{not json", encoding="utf-8")
    engine(monkeypatch, lambda student, step: report(student, step, 1.25))
    stock(root, monkeypatch)
    students = ["deleted", "doubled", "no json", "tampered"]
    assert [(m.student, m.score, m.waiting) for m in marks(load_course(root), "toy")] == [
        (student, 1.25, []) for student in students
    ]


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # as above
def test_formgraders_buttons_work(root, monkeypatch):
    """What formgrader's Autograde and feedback buttons call runs our grader and draws our page."""
    hand_in(root, "ann", "bucket", "pass")
    engine(monkeypatch, lambda student, step: report(student, step, 1.25))
    config = converters.settings(load_course(root), "toy")
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    assert api.autograde("toy", "ann")["success"]
    assert api.generate_feedback("toy", "ann")["success"]
    assert mark_of(root, "ann").score == 1.25
    page = (root / "build" / "feedback" / "ann" / "toy" / "bucket.html").read_text(encoding="utf-8")
    assert "1.25 of 3.5 points" in page
    with Gradebook(f"sqlite:///{root}/build/gradebook.db") as gradebook:
        assert gradebook.find_grade("grade", "bucket", "toy", "ann").auto_score == 1.25


def test_marks_and_comments_by_hand_stay(root):
    """Grading again keeps what a teaching assistant gave and wrote, and shows both."""
    hand_in(root, "ann", "bucket", "pass")
    grade(root, report("ann", "bucket", 1.25))
    by_hand(root, "ann", 3.0, f"Well thought. {SCRIPT}")
    grade(root, report("ann", "bucket", 2.0))
    assert mark_of(root, "ann").score == 3.0
    page = page_of(root, "ann")
    assert "A teacher gave this 3 of 3.5 points" in page
    assert "Well thought. &lt;script&gt;" in page


def test_a_mark_by_hand_for_code_is_looked_at_again_only_after_a_change(root):
    """The same work and the same checks: nothing waits; other code, another outcome or a failed run: it does."""
    hand_in(root, "ann", "bucket", "pass")
    grade(root, report("ann", "bucket", 1.25))
    for code, score, waits in (
        ("pass", 1.25, False),
        ("x = 1", 1.25, True),
        ("x = 1", 1.25, False),
        ("x = 1", 3.5, True),
    ):
        hand_in(root, "ann", "bucket", code)
        by_hand(root, "ann", 3.0)
        for _ in range(2):  # what waits goes on waiting
            grade(root, report("ann", "bucket", score))
            assert mark_of(root, "ann").waiting == (["bucket"] if waits else []), (code, score)
    by_hand(root, "ann", 3.0)
    grade(root)  # no report: asking for one raises
    assert (mark_of(root, "ann").score, mark_of(root, "ann").waiting) == (3.0, ["bucket"])


def test_feedback_shows_the_report_and_escapes_everything(root):
    """Titles, messages, trail, bill and code are there; no script, no grader source, no traceback."""
    path = hand_in(root, "ann", "bucket", f"name = {SCRIPT!r}")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell(SCRIPT))
    save(root, "ann", "bucket", notebook)
    sneaky = report("ann", "bucket", 1.25)
    run = type(sneaky.run)(outcome="raised", message=SCRIPT, stdout=SCRIPT, stderr=SCRIPT)
    call = type(sneaky.trail[0])(0.1, "s3", SCRIPT, SCRIPT, {SCRIPT: [SCRIPT]}, SCRIPT)
    grade(root, report("ann", "bucket", 1.25, run=run, trail=[*sneaky.trail, call]))
    page = page_of(root, "ann")
    shown = next(o for c in notebook_of(root, "ann").cells for o in c.get("outputs", []) if "text/html" in o.data)
    for html in (page, shown.data["text/html"]):
        assert "<script" not in html
        assert "Nothing &lt;b&gt;else&lt;/b&gt; changed." in html
        assert "waits" in html
        assert "BucketAlreadyExists" in html
        assert "Left running: 2 t3.micro: about $12.50 a month" in html
        assert "1.25 of 3.5 points" in html
    assert "name = &#34;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&#34;" in page
    for secret in ("def test_", "assert ", "Traceback", "storage.create_bucket"):
        assert secret not in page


def test_files_beside_a_notebook_do_not_reach_feedback(root):
    """nbgrader follows a student's link and copies its target on, into what the student gets back."""
    secret = root / "secret.txt"
    secret.write_text("the graders")
    folder = hand_in(root, "ann", "bucket", "pass").parent
    (folder / "data").mkdir()
    (folder / "data" / "link.txt").symlink_to(secret)
    (folder / "link.html").symlink_to(secret)
    config = converters.settings(load_course(root), "toy")
    assert converters.autograde(config, lambda student, _, step, __: report(student, step, 1.0)) == []
    page_of(root, "ann")
    build = root / "build"
    left = {p.name for tree in ("autograded", "feedback") for p in (build / tree).rglob("*") if p.is_file()}
    assert left == {"bucket.ipynb", "bucket.html", "shell.ipynb", "shell.html"}


@pytest.mark.parametrize("own", [True, False], ids=["drycloud", "nbgrader"])
def test_time_and_secret_come_as_far_as_the_feedback(root, own):
    """release_feedback wants both beside the pages, whoever graded; what a student made up is not carried."""
    for student, secret in (("ann", "0a" * 64), ("bob", "../" * 40)):
        folder = hand_in(root, student, "bucket", "pass").parent
        (folder / "submission_secret.txt").write_text(secret)
        (folder / "timestamp.txt").write_text("2027-02-01 10:00:00 UTC" if student == "ann" else "no time")
    if own:
        grade(root, *(report(student, "bucket", 1.0) for student in ("ann", "bob")))
    else:
        config = converters.settings(load_course(root), "toy")
        assert converters.autograde(config, lambda student, _, step, __: report(student, step, 1.0)) == []
        api = NbGraderAPI(CourseDirectory(config=config), config=config)
        assert [api.get_submitted_timestamp("toy", name) for name in ("ann", "bob")] == [datetime(2027, 2, 1, 10), None]
    assert mark_of(root, "bob").by_step["bucket"] == 1.0
    page_of(root, "ann")
    carried = {path.name: path.read_text() for path in (root / "build/feedback/ann/toy").glob("*.txt")}
    assert carried == {"submission_secret.txt": "0a" * 64, "timestamp.txt": "2027-02-01 10:00:00 UTC"}
    assert not list((root / "build/feedback").glob("bob/toy/*.txt"))


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # as above
def test_nbgraders_own_run_sees_scripts_and_empty_folders(root, monkeypatch):
    """nbgrader looks for notebooks only: who has none would not be graded, and an old mark would stay."""
    hand_in(root, "ann", "bucket", "pass")
    asked = engine(monkeypatch, lambda student, step: report(student, step, 1.25))
    stock(root, monkeypatch)
    (root / "build/submitted/ann/toy/bucket.ipynb").unlink()
    script = root / "build/submitted/bob/toy/shell.sh"
    script.parent.mkdir(parents=True)
    script.write_text("aws s3 mb s3://x")
    stock(root, monkeypatch)
    assert asked[2:] == [None, None, None, script]
    assert {m.student: m.by_step for m in marks(load_course(root), "toy")} == {
        "ann": {"bucket": 0.0, "shell": 0.0},
        "bob": {"bucket": 0.0, "shell": 1.25},
    }
    for student in ("ann", "bob"):  # formgrader shows an error page for a notebook that is not there
        assert all(notebook_of(root, student, step).cells[-1].id == "grade" for step in POINTS)


@pytest.mark.parametrize(("days", "penalty"), [(-1, 0.0), (0.005, 0.0), (0.5, 0.55), (1.5, 1.1), (30, 2.75)])
def test_lateness_costs_once_for_the_assignment(root, days, penalty):
    """A tenth of all points per day begun, after the grace time, at most half; spread over the notebooks."""
    for step in POINTS:
        folder = hand_in(root, "ann", step, "pass").parent
    due = load_course(root).assignment("toy").due
    (folder / "timestamp.txt").write_text(str(due + timedelta(days=days)))
    for _ in range(2):  # grading again does not take it off again
        grade(root, *(report("ann", step, POINTS[step]) for step in POINTS))
    mark = mark_of(root, "ann")
    assert mark.late_penalty == pytest.approx(penalty)
    assert mark.score == pytest.approx(5.5 - penalty)
    assert ("Handed in late" in page_of(root, "ann")) == (penalty > 0)


def test_a_penalty_takes_no_more_than_there_is(root):
    """With one step right and one wrong, the whole penalty comes off the one that has points."""
    for step in POINTS:
        folder = hand_in(root, "ann", step, "pass").parent
    (folder / "timestamp.txt").write_text("2027-02-09 10:00:00 UTC")
    grade(root, report("ann", "bucket", 0.0), report("ann", "shell", 2.0))
    assert mark_of(root, "ann").late_penalty == pytest.approx(1.1)
    grade(root, report("ann", "bucket", 0.0), report("ann", "shell", 0.5))
    assert mark_of(root, "ann").score == 0


def test_a_timestamp_that_is_none_is_left_out(root):
    """nbgrader stumbles over a damaged timestamp.txt; the class run does not."""
    folder = hand_in(root, "ann", "bucket", "pass").parent
    (folder / "timestamp.txt").write_bytes(b"\xff" * 10_000)
    assert grade(root, report("ann", "bucket", 3.5)) == []
    assert mark_of(root, "ann").score == 3.5


def test_plain_files_are_graded_and_fed_back(root):
    """A .py and a .sh file become notebooks on the way, so their marks and feedback are like any other's."""
    folder = root / "build" / "submitted" / "ann" / "toy"
    folder.mkdir(parents=True)
    (folder / "bucket.py").write_text("made = 'by hand'\n")
    (folder / "shell.sh").write_text("aws s3 mb s3://x\n")
    grade(root, report("ann", "bucket", 1.25), report("ann", "shell", 1.25))
    assert mark_of(root, "ann").score == 2.5
    assert "made = &#39;by hand&#39;" in page_of(root, "ann")
    assert "aws s3 mb s3://x" in page_of(root, "ann", "shell")


def test_nbgraders_own_run_refuses_a_link_to_anothers_folder(root):
    """`nbgrader autograde` follows links to folders: the report is on the link, and the other's work stays theirs."""
    right = 'import boto3\nboto3.client("s3", region_name="us-east-1").create_bucket(Bucket=given.bucket)'
    folder = hand_in(root, "ann", "bucket", right).parent
    (folder.parent.parent / "bob").mkdir()
    (folder.parent.parent / "bob" / "toy").symlink_to(folder)
    (folder.parent.parent / "cid").symlink_to("ann")
    asked = []

    def provided(student, assignment, step, path):
        asked.append((student, path and path.name))
        return report(student, step, 3.5 if path and path.suffix else 0.0)

    assert converters.autograde(converters.settings(load_course(root), "toy"), provided) == []
    assert asked == [("ann", "bucket.ipynb"), ("ann", None), *[("bob", "toy")] * 2, *[("cid", "cid")] * 2]
    tasks = {s: [c for c in notebook_of(root, s).cells if "task" in c.metadata.tags] for s in ("ann", "bob", "cid")}
    assert [cells[0].source for cells in tasks.values()] == [right, "", ""]


def test_the_whole_way_with_the_real_engine(root):
    """`nbgrader autograde` as its own program: submissions are run in the sandbox, marks and feedback land."""
    right = 'import boto3\nboto3.client("s3", region_name="us-east-1").create_bucket(Bucket=given.bucket)'
    hand_in(root, "ann", "bucket", right)
    hand_in(root, "ann", "shell", "%%bash\necho nothing\n")
    hand_in(root, "bob", "bucket", "import boto3").write_text("{not json", encoding="utf-8")
    command = [sys.executable, "-m", "nbgrader", "autograde", "toy"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    assert [(m.student, m.by_step, m.waiting) for m in marks(load_course(root), "toy")] == [
        ("ann", {"bucket": 3.5, "shell": 0.0}, []),
        ("bob", {"bucket": 0.0, "shell": 0.0}, []),
    ]
    assert "CreateBucket" in page_of(root, "ann")
    assert "its JSON is damaged" in page_of(root, "bob")
