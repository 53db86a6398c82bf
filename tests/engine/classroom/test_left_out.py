"""Nobody vanishes silently: what came in and is not graded, and who is not there, is told with a reason."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from classroom_toy import fresh, write_course
from machine import CLI, run
from nbgrader.api import Gradebook
from repository import ROOT

from drycloud.classroom.gradebook.marks import marks
from drycloud.classroom.submissions.claims import ANOTHER_COUNTS, CLOSED, NOT_READ, OTHERS, READ
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.classroom.submissions.left_out import HIDDEN, NO_STUDENT, NO_TIME, alike, left_out, unaccounted
from drycloud.course import Assignment, load_course

NOT, ELSEWHERE = (reason.format(assignment="toy") for reason in (NOT_READ, READ))
NOBODYS = NO_STUDENT.format(assignment="toy")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def toy(root: Path) -> Assignment:
    return load_course(root).assignment("toy")


def put(folder: Path, *names: str, text: str = "") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def graded(folder: Path, toy: Assignment, root: Path) -> dict[str, list[str]]:
    found = submissions_in(folder, load_course(root), toy)
    return {student: [work.path.name for work in works.values() if work.path] for student, works in found}


OTHER = '{"nbformat": 4, "metadata": {"drycloud": {"step": "essay/words"}}}'

# What lies there; the reason and the names that are told; and what is read all the same.
CASES = {
    "long": (["a" * 129 + "/toy/bucket.py"], "a student's name that is longer than 128 characters", ["a" * 129]),
    "star": (["a*/toy/bucket.py"], "a student's name that holds '*', which is not allowed", ["a*"]),
    "markup": (["<b>/toy/bucket.py"], "a student's name that holds '<', which is not allowed", ["<b>"]),
    "newline": (["b\nc/toy/bucket.py"], "a student's name that holds U+000A, which is not allowed", ["b\nc"]),
    "space": ([" ann/toy/bucket.py"], "a student's name that begins or ends with a space", [" ann"]),
    "exchange": (
        ["ann+toy+2027-01-01 10:00:00 UTC+x/bucket.py"],
        "a student's name that is that of a submission in nbgrader's exchange (collect it)",
        ["ann+toy+2027-01-01 10:00:00 UTC+x"],
    ),
    "hidden": ([".ann/toy/bucket.py"], HIDDEN, [".ann"]),
    "file": (["ann.zip", "bucket.ipynb"], NOBODYS, ["ann.zip", "bucket.ipynb"]),
    "assignment first": (["toy/ann/bucket.py"], NOBODYS, ["toy"]),
    "archive": (["ann/toy/work.tar.gz", "bob/toy.zip"], NOT, ["ann/toy/work.tar.gz", "bob/toy.zip"]),
    "other suffix": (["ann/toy/bucket.docx"], NOT, ["ann/toy/bucket.docx"]),
    "page": (["ann/toy/bucket.html"], NOT, ["ann/toy/bucket.html"]),
    "no step": (["ann/toy/homework.py"], NOT, ["ann/toy/homework.py"]),
    "two steps": (["ann/toy/bucket and shell.py"], NOT, ["ann/toy/bucket and shell.py"]),
    "beside": (["ann/bucket.ipynb"], ELSEWHERE, ["ann/bucket.ipynb"]),
    "other name": (["ann/toy/bucket (1).ipynb"], ELSEWHERE, ["ann/toy/bucket (1).ipynb"]),
    "slip": (["ann/toy/buckte.py"], ELSEWHERE, ["ann/toy/buckte.py"]),
    "other case": (["ann/toy/Bucket.IPYNB"], ELSEWHERE, ["ann/toy/Bucket.IPYNB"]),
    "two suffixes": (["ann/toy/bucket.ipynb.txt"], ELSEWHERE, ["ann/toy/bucket.ipynb.txt"]),
    "deeper": (["ann/toy/toy/bucket.ipynb"], ELSEWHERE, ["ann/toy/toy/bucket.ipynb"]),
    "other folder": (["ann/Toy (1)/bucket.ipynb"], ELSEWHERE, ["ann/Toy (1)/bucket.ipynb"]),
    "strange folder": (["ann/homework/bucket.py"], ELSEWHERE, ["ann/homework/bucket.py"]),
    "checkpoint": (["ann/toy/.ipynb_checkpoints/bucket.py"], ELSEWHERE, ["ann/toy/.ipynb_checkpoints/bucket.py"]),
    "no folder": (["ann/toy"], "a file where a folder is expected", ["ann/toy"]),
    "twice": (
        ["ann/toy/bucket.ipynb", "ann/toy/bucket.py", "ann/toy/shell.sh"],
        ANOTHER_COUNTS,
        ["ann/toy/bucket.ipynb"],
    ),
    "no time": (["ann/toy/bucket.py", "ann/toy/timestamp.txt"], NO_TIME, ["ann/toy/timestamp.txt"]),
}


@pytest.mark.parametrize(("there", "reason", "told"), CASES.values(), ids=CASES)
def test_what_is_not_where_it_should_be_is_told_with_its_reason(tmp_path, toy, root, there, reason, told):
    """In one line for each reason, printable, whatever the names; who stands beside it is graded."""
    put(tmp_path, *there, text="x")
    put(tmp_path, "zoe/toy/bucket.py")
    assert left_out(tmp_path, load_course(root), toy) == {reason: told}
    (line,) = unaccounted(tmp_path, load_course(root), toy)
    assert line.isprintable()
    assert line.startswith(f"{tmp_path}: ")
    assert line.endswith(f": {reason}")
    found = graded(tmp_path, toy, root)
    assert found.pop("zoe") == ["bucket.py"]
    if reason == ELSEWHERE:
        assert found == {"ann": [Path(told[0]).name]}


def test_the_notebook_of_another_step_is_told(tmp_path, toy, root):
    """By its metadata: elsewhere it is not read; where a file of its name counts, who reads it says whose it is."""
    put(tmp_path, "ann/toy/words.ipynb", "bob/toy/bucket.ipynb", text=OTHER)
    assert left_out(tmp_path, load_course(root), toy) == {OTHERS: ["ann/toy/words.ipynb"]}
    assert graded(tmp_path, toy, root) == {"ann": [], "bob": ["bucket.ipynb"]}


def test_nobody_is_told_for_nothing(tmp_path, toy, root):
    """What nbgrader, Jupyter and Python leave beside work, data and pictures are nobody's mistake."""
    put(tmp_path, "ann/toy/bucket.ipynb", "ann/toy/shell.sh", "ann/toy/data.csv", "ann/toy/submission_secret.txt")
    put(tmp_path, "ann/toy/timestamp.txt", text="2027-01-01 10:00:00 UTC")
    put(tmp_path, "ann/toy/.ipynb_checkpoints/bucket.ipynb", "ann/toy/__pycache__/bucket.py", "ann/toy/botocore.py")
    put(tmp_path, "ann/toy/env/pyvenv.cfg", "ann/toy/env/lib/deep/bucket.py", ".DS_Store", ".git/config")
    put(
        tmp_path,
        "Søren/toy/bucket.py",
        "o'hara & co/toy/bucket.py",
        "ann+aws@uni.example/toy/bucket.py",
        "new/other/x.py",
    )
    assert left_out(tmp_path, load_course(root), toy) == {}
    assert list(graded(tmp_path, toy, root)) == ["Søren", "ann", "ann+aws@uni.example", "o'hara & co"]


def test_many_files_of_one_student_do_not_hide_anothers(tmp_path, toy, root):
    """Each student's first is told before anybody's second; of very many names, how many more there are."""
    put(tmp_path, *(f"ann/toy/{number}.py" for number in range(2000)), "bob/toy/work.zip")
    (line,) = unaccounted(tmp_path, load_course(root), toy)
    assert "ann/toy/0.py, bob/toy/work.zip, ann/toy/1.py, ann/toy/10.py" in line
    assert "and 1991 more: " in line


def test_every_student_is_named_however_many_they_are(tmp_path, toy, root):
    """Each of forty whose file has another name, and each of forty whose name cannot be a student's."""
    put(tmp_path, *(f"s{number}/toy/{name}.py" for number in range(40) for name in ("mine", "other")))
    put(tmp_path, *(f"x*{number}/toy/bucket.py" for number in range(40)))
    text = "\n".join(unaccounted(tmp_path, load_course(root), toy))
    assert [name for number in range(40) for name in (f"s{number}/", f"x*{number}") if name not in text] == []
    assert "and 40 more: " in text


def test_a_link_that_leads_nowhere_is_told(tmp_path, toy, root):
    """It is no student's folder, and neither is a link to itself."""
    put(tmp_path, "zoe/toy/bucket.py")
    (tmp_path / "nowhere").symlink_to("a*/toy")
    (tmp_path / "loop").symlink_to("loop")
    assert left_out(tmp_path, load_course(root), toy) == {NOBODYS: ["loop", "nowhere"]}


def test_more_folders_than_are_graded_are_told(tmp_path, toy, root, monkeypatch):
    """A class has no thousands of students; whoever comes after the last that is graded is named."""
    monkeypatch.setattr("drycloud.classroom.submissions.intake.MAX_STUDENTS", 2)
    put(tmp_path, *(f"{name}/toy/bucket.py" for name in ("ann", "bob", "cid", "dan")))
    assert list(graded(tmp_path, toy, root)) == ["ann", "bob"]
    ((reason, names),) = left_out(tmp_path, load_course(root), toy).items()
    assert "grade them in parts" in reason
    assert names == ["cid", "dan"]


def test_names_that_look_the_same_stand_side_by_side():
    """Two folders or two students of the gradebook may be one person, by case or by one letter in two forms."""
    nfc, nfd = "Jos\u00e9", "Jose\u0301"
    assert alike(["zoe", nfc, "Ann", nfd, "ann"]) == ["Ann", "ann", nfd, nfc]


CLOSED_CLASS = """
import sys
from pathlib import Path
from drycloud.classroom.submissions.left_out import left_out
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.course import load_course
course = load_course(Path(sys.argv[1]))
toy = course.assignment("toy")
print(left_out(Path(sys.argv[2]), course, toy))
found = dict(submissions_in(Path(sys.argv[2]), course, toy))
print(list(found))
print(found["yan"]["bucket"].unread + found["zoe"]["shell"].unread)
"""


def test_what_cannot_be_read_is_told_and_is_not_nothing(tmp_path):
    """A closed folder stops nobody and is not taken for an empty one; a closed file is told with what to do."""
    course = write_course(tmp_path / "course")
    for student in ("ann", "bob", "cid", "zoe"):
        put(tmp_path / "in", f"{student}/toy/bucket.py")
    put(tmp_path / "in", "zoe/toy (1)/bucket.py", "zoe/work/later/bucket.py", "yan/toy (1)/bucket.py")
    closed = {tmp_path / "in/ann": 0o000, tmp_path / "in/bob/toy": 0o444, tmp_path / "in/cid/toy/bucket.py": 0o000}
    closed |= {
        tmp_path / "in/yan/toy (1)": 0o000,
        tmp_path / "in/zoe/toy (1)": 0o000,
        tmp_path / "in/zoe/work/later": 0o444,
    }
    for path, mode in closed.items():
        path.chmod(mode)
    plain = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []  # root reads everything
    command = [*plain, sys.executable, "-c", CLOSED_CLASS, str(course), str(tmp_path / "in")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for path in closed:
        path.chmod(0o755)
    inside = ["cid/toy/bucket.py", "yan/toy (1)", "zoe/toy (1)", "zoe/work/later"]
    told = {"cannot be read: Permission denied": ["ann", "bob/toy"], CLOSED: inside}
    what = "cannot be opened: change its permissions, and hand it in again."
    unread = [f"'toy (1)' {what}", f"'toy (1)', work/later {what}"]
    assert done.stdout.splitlines() == [str(told), "['cid', 'yan', 'zoe']", str(unread)], done.stderr


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own
def test_every_student_is_accounted_for_at_the_end_of_a_run(tmp_path, monkeypatch):
    """Of the roster, who handed in nothing; who was graded before and is gone, whose mark stays; each by name."""
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    root = fresh(tmp_path)
    with Gradebook(f"sqlite:///{root}/build/gradebook.db") as book:
        for student in ("ann", "bob", "cid", "dan", "Zoe"):
            book.add_student(student)
        book.update_or_create_submission("toy", "cid")
        book.find_grade("grade", "bucket", "toy", "cid").manual_score = 3
        book.db.commit()
    put(root / "in", "ann/toy/readme.md", "zoe/toy/readme.md", "dan/other/bucket.py", "eve/eve.zip", "a*/toy/x")
    done = run([*CLI, "grade", "toy", "--submitted", "in"], root)
    assert done.returncode == 0, done.stderr
    assert "drycloud: in: a*: a student's name that holds '*', which is not allowed" in done.stderr
    assert f"drycloud: in: eve/eve.zip: {NOT}" in done.stderr
    assert "drycloud: in: Zoe, zoe: names that differ only in case" in done.stderr
    assert "drycloud: in: cid: graded before, and missing now: the marks in the gradebook are kept" in done.stderr
    assert "drycloud: in: Zoe, bob: handed in nothing" in done.stderr
    assert {mark.student: mark.score for mark in marks(load_course(root), "toy")} == {
        "ann": 0,
        "cid": 3,
        "dan": 0,
        "eve": 0,
        "zoe": 0,
    }


def test_where_nobody_is_graded_it_is_told_why(tmp_path, monkeypatch):
    """A folder of archives ends in an error, after the line that names them."""
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    root = fresh(tmp_path)
    put(root / "in", "ann.zip", "bob.zip")
    done = run([*CLI, "grade", "toy", "--submitted", "in"], root)
    assert done.returncode == 2
    archives, error = done.stderr.splitlines()
    assert archives == f"drycloud: in: ann.zip, bob.zip: {NOBODYS}"
    assert "nobody has submitted toy" in error


@pytest.mark.parametrize("written", ["02-ec2", "02 EC2", "02_EC2 (1)", "02ec2", "release/02_ec2", "02_ec2/02_ec2"])
def test_the_assignments_name_written_in_another_way_is_read(written, tmp_path):
    """A hyphen or a space for an underscore, a copy, a folder around it; of other assignments nothing is taken."""
    course = load_course(ROOT)
    put(tmp_path, f"ann/{written}/launch.py", "ann/03_more_ec2/spot.py", "ann/03 more ec2/launch.py", "ann/upload.py")
    ec2, s3 = course.assignment("02_ec2"), course.assignment("04_s3")
    assert left_out(tmp_path, course, ec2) == {READ.format(assignment="02_ec2"): [f"ann/{written}/launch.py"]}
    assert graded(tmp_path, ec2, ROOT) == {"ann": ["launch.py"]}
    assert graded(tmp_path, s3, ROOT) == {"ann": ["upload.py"]}
