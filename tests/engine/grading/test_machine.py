"""A machine that refuses: no user namespaces, no bubblewrap, a full disk. One line, exit status 2, nothing lost."""

import shlex
from pathlib import Path

import pytest
from classroom_toy import POINTS, report, write_course
from machine import CLI, PLAIN, cli, inside, one_line, run, why_not
from msgspec import structs

from drycloud.classroom.gradebook.marks import marks
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.course import load_course
from drycloud.grading.results import Results
from drycloud.grading.works import Submission

NO_NAMESPACES = "echo 0 > /proc/sys/user/max_user_namespaces"
NO_BWRAP = 'for tool in $(which -a bwrap); do mount --bind /dev/null "$tool"; done'
MAKE_BUCKET = 'import boto3\nboto3.client("s3", region_name="us-east-1").create_bucket(Bucket=given.bucket)\n'


def ready(script: str, **how: bool) -> None:
    """Skip where the machine itself does not let us make such a machine."""
    if reason := why_not(script, **how):
        pytest.skip(f"cannot be tried here: {reason}")


def test_user_namespaces_forbidden(tmp_path: Path) -> None:
    """Without user namespaces nothing is graded, and the line says what to allow."""
    ready(NO_NAMESPACES, user=True)
    write_course(tmp_path)
    (tmp_path / "ann.py").write_text(MAKE_BUCKET)
    script = f"{NO_NAMESPACES}\n{shlex.join([*PLAIN, *CLI])} grade toy/bucket ann.py"
    line = one_line(run(inside(script, user=True), tmp_path))
    assert line.startswith("drycloud: no sandbox can be started here: bwrap: ")
    assert "allow unprivileged user namespaces" in line
    assert "user.max_user_namespaces" in line
    assert not (tmp_path / "build/results").exists()


def test_bubblewrap_missing(tmp_path: Path) -> None:
    """Without bubblewrap nothing is graded, and the line says what to install."""
    ready(NO_BWRAP)
    write_course(tmp_path)
    (tmp_path / "ann.py").write_text(MAKE_BUCKET)
    line = one_line(run(inside(f"{NO_BWRAP}\n{cli('grade', 'toy/bucket', 'ann.py')}"), tmp_path))
    assert line.startswith("drycloud: 'bwrap' is not installed — install it")
    assert "apt-get install bubblewrap" in line
    assert not (tmp_path / "build/results").exists()


def on_small_disk(folder: Path, kib: int, *words: object) -> list[str]:
    """Run `drycloud` with a build folder of so many KiB, say what it left there, then run it again with room."""
    script = f"""
        mount -t tmpfs -o size=4m,mode=777 none build
        head -c {(4096 - kib) * 1024} /dev/zero > build/ballast
        cp -r full/. build
        {cli(*words)} > out-1 2> err-1 || echo $? > status-1
        cp -r build left
        rm build/ballast left/ballast
        {cli(*words)} > out-2 2> err-2
        cp -r build done
    """
    (folder / "build").mkdir(exist_ok=True)
    (folder / "full").mkdir(exist_ok=True)
    done = run(inside(script), folder)
    assert done.returncode == 0, done.stderr + (folder / "err-2").read_text()
    assert (folder / "status-1").read_text() == "2\n"
    assert (folder / "err-2").read_text() == ""
    return (folder / "err-1").read_text().splitlines()


def test_a_full_disk_stops_grading_and_keeps_what_is_there(tmp_path: Path) -> None:
    """The disk fills up while results are written: those before are kept whole, and the next run does the rest."""
    ready(f"mount -t tmpfs none {tmp_path}")
    write_course(tmp_path)
    for student in ("ann", "bob", "cid", "dan"):
        (tmp_path / f"{student}.py").write_text(MAKE_BUCKET)
    (tmp_path / "cid.py").write_text(MAKE_BUCKET + "print('x' * 100_000)\n")
    files = [f"{student}.py" for student in ("ann", "bob", "cid", "dan")]
    (line,) = on_small_disk(tmp_path, 64, "grade", "toy/bucket", "--jobs", 1, *files)
    assert line.startswith(f"drycloud: {tmp_path}/build/results/toy/cid/bucket.json: cannot be written: No space left")
    assert "make room and grade again: what was graded before is kept" in line
    kept = {
        path.relative_to(tmp_path / "left"): path for path in (tmp_path / "left/results").rglob("*") if path.is_file()
    }
    assert [str(name) for name in sorted(kept)] == ["results/toy/ann/bucket.json", "results/toy/bob/bucket.json"]
    for name, path in kept.items():
        assert path.read_bytes() == (tmp_path / "done" / name).read_bytes()
    marks = [line for line in (tmp_path / "out-2").read_text().splitlines() if line[0] != " "]
    assert marks == [f"{student}: toy/bucket 3.5 of 3.5" for student in ("ann", "bob", "cid", "dan")]


def test_a_full_disk_stops_recording_and_loses_no_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills up while nbgrader notes the marks: no student is left out in silence, the next run has all."""
    ready(f"mount -t tmpfs none {tmp_path}")
    course = load_course(write_course(tmp_path))
    for student in ("ann", "bob"):
        folder = tmp_path / "handed_in" / student / "toy"
        folder.mkdir(parents=True)
        for step in POINTS:
            (folder / f"{step}.py").write_text("pass\n")
    results = Results(structs.replace(course, build=tmp_path / "full"))
    for student, works in submissions_in(tmp_path / "handed_in", course, course.assignment("toy")):
        for step, work in works.items():
            results.save(Submission(student, "toy", [work]), work, report(student, step, 1.25))
    (line,) = on_small_disk(tmp_path, 224, "grade", "toy", "--submitted", "handed_in")
    assert line == f"drycloud: {tmp_path}/build: the disk is full — make room and grade again: what was graded is kept"
    monkeypatch.setenv("DRYCLOUD_BUILD", str(tmp_path / "done"))
    assert [(mark.student, mark.score, mark.waiting) for mark in marks(load_course(tmp_path), "toy")] == [
        ("ann", 2.5, []),
        ("bob", 2.5, []),
    ]
