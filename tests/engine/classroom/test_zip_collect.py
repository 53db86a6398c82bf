"""`nbgrader zip_collect` with our configuration: what an LMS gives out, collected, or left out with a reason."""

import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from classroom_toy import fresh
from patience import PATIENCE
from repository import ROOT

CONFIG = "from drycloud.classroom import configure\nc = get_config()\nconfigure(c)\n"
PATTERNS = {  # those of docs/instructor.md
    "moodle": r".*/extracted/(?P<student_id>[^/]+?)_\d+_assignsubmission_file_/?(?P<file_id>\w+)\.\w+$",
    "canvas": r".*/extracted/(?P<student_id>[a-z]+)(?:_LATE)?_\d+_\d+_(?P<file_id>\w+?)(?:-\d+)?\.\w+$",
    "blackboard": r".*_(?P<student_id>[^_/]+)_attempt_(?P<timestamp>[0-9\-]+)_(?P<file_id>\w+)\.\w+$",
}


@pytest.fixture
def root(tmp_path, monkeypatch):
    for name in ("DRYCLOUD_BUILD", "DRYCLOUD_EXCHANGE"):
        monkeypatch.delenv(name, raising=False)
    return fresh(tmp_path)


def archived(root: Path, name: str, *members: str) -> Path:
    """A file, or an archive with these members, where zip_collect looks for it."""
    path = root / "build/downloaded/toy/archive" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            for member in members:
                archive.writestr(member, member)
    elif name.endswith(".tar.gz"):
        with tarfile.open(path, "w:gz") as archive:
            for member in members:
                archive.addfile(tarfile.TarInfo(member), io.BytesIO())
    else:
        path.write_text(name)
    return path


def zip_collect(root: Path, more: str = "") -> str:
    (root / "nbgrader_config.py").write_text(CONFIG + more, encoding="utf-8")
    command = [sys.executable, "-m", "nbgrader", "zip_collect", "toy", "--force"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def collected(root: Path) -> set[str]:
    place = root / "build/submitted"
    return {str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()}


def test_archives_and_files_are_collected_and_the_rest_is_told(root):
    """By student in an archive, a folder, or the file's name; notebooks and scripts; and each that is not, why."""
    archived(root, "ann.zip", "toy/bucket.ipynb", "toy/shell.sh", "toy/notes.txt", "__MACOSX/toy/._bucket.ipynb")
    archived(root, "bob.tar.gz", "bucket.py")
    archived(root, "cid/bucket.ipynb")
    archived(root, "dan+aws_shell.sh")
    archived(root, "eve.zip", "bucket.ipynb", "old/bucket.ipynb", "inner.zip")
    archived(root, "fay.zip", "shell.sh", "../../../fay/toy/bucket.ipynb", "/tmp/bucket.py")
    archived(root, "gus.zip").write_bytes(b"PK no archive")
    archived(root, "ha*.zip", "bucket.py")
    archived(root, "ida_bucket_final.ipynb")
    archived(root, "homework.py")
    big = archived(root, "joe.zip")
    with zipfile.ZipFile(big, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bucket.py", bytes(101_000_000))
    told = zip_collect(root)
    assert collected(root) == {
        "ann/toy/bucket.ipynb", "ann/toy/shell.sh", "bob/toy/bucket.py", "cid/toy/bucket.ipynb",
        "dan+aws/toy/shell.sh", "eve/toy/bucket.ipynb", "eve/toy/old/bucket.ipynb", "eve/toy/inner.zip",
        "ida/toy/ida_bucket_final.ipynb",
    }  # fmt: skip
    left = [line.split("left out: ")[1] for line in told.splitlines() if "left out: " in line]
    for start, why in {
        "toy/notes.txt": "only .ipynb, .py, .sh are collected",
        "toy/._bucket.ipynb": "its name does not contain student and step",
        "fay.zip": "outside of it: ../../../fay/toy/bucket.ipynb, /tmp/bucket.py",
        "gus.zip": "cannot be unpacked",
        "ha*/bucket.py": "holds '*'",
        "extracted/homework.py": "its name does not contain student and step",
        "joe.zip": "bytes",
    }.items():
        assert any(line.startswith(start) and why in line for line in left), f"{start}: {left}"
    assert not (root / "build/downloaded/fay").exists()


@pytest.mark.parametrize(
    ("lms", "names", "expected"),
    [
        ("moodle", ["Ann Smith_12345_assignsubmission_file_/bucket.ipynb"], {"Ann Smith/toy/bucket.ipynb"}),
        ("moodle", ["Ann Smith_12345_assignsubmission_file_shell.sh"], {"Ann Smith/toy/shell.sh"}),
        ("canvas", ["smithann_LATE_12_34_bucket-1.ipynb"], {"smithann/toy/bucket.ipynb"}),
        ("canvas", ["bo_12_34_shell.sh"], {"bo/toy/shell.sh"}),
        ("canvas", ["bo_12_34_bucket (1).ipynb"], {"bo/toy/bo_12_34_bucket (1).ipynb"}),
        ("moodle", ["Bo_12345_assignsubmission_file_/Copy of bucket.ipynb"], {"Bo/toy/Copy of bucket.ipynb"}),
        ("moodle", ["Bo_12345_assignsubmission_file_/work.html"], set()),
        ("moodle", ["Bo_12345_assignsubmission_file_/bucket.html"], {"Bo/toy/bucket.html"}),
        (
            "blackboard",
            ["toy_ann_attempt_2027-01-30-15-00-00_bucket.py", "toy_ann_attempt_2027-01-31-15-00-00_bucket.py"],
            {"ann/toy/bucket.py", "ann/toy/timestamp.txt"},
        ),
    ],
)  # fmt: skip
def test_the_patterns_for_other_systems(root, lms, names, expected):
    """What each calls its files is read by the pattern that the instructor's page gives for it."""
    for name in names:
        archived(root, name)
    zip_collect(root, f"c.FileNameCollectorPlugin.named_regexp = {PATTERNS[lms]!r}\n")
    assert collected(root) == expected


def test_the_instructors_page_gives_these_patterns():
    """What is tested here is what an instructor copies from there."""
    page = (ROOT / "docs/instructor.md").read_text(encoding="utf-8")
    assert all(f'r"{pattern}"' in page for pattern in PATTERNS.values())


def test_files_under_other_names_are_collected_with_the_names_that_they_have(root):
    """What they count for is decided when they are graded; two of one name are both kept, and nobody's data."""
    archived(root, "ann.zip", "toy/bucket (1).ipynb", "toy/homework.py", "toy/bucket.ipynb.txt", "toy/data.csv")
    archived(root, "bob/Kopie von bucket.ipynb")
    archived(root, "cid.zip", "a/bucket.py", "b/bucket.py", "b/c/bucket.py", "bucket.html", "bucket.csv")
    zip_collect(root)
    assert collected(root) == {
        "ann/toy/bucket (1).ipynb", "ann/toy/homework.py", "ann/toy/bucket.ipynb.txt", "bob/toy/Kopie von bucket.ipynb",
        "cid/toy/bucket.py", "cid/toy/b/bucket.py", "cid/toy/c/bucket.py", "cid/toy/bucket.html",
    }  # fmt: skip


def test_a_second_run_with_new_archives(root):
    """Whoever hands in again is collected again, and who did not stays."""
    archived(root, "ann.zip", "bucket.ipynb")
    archived(root, "bob.zip", "bucket.ipynb")
    zip_collect(root)
    shutil.rmtree(root / "build/downloaded")
    archived(root, "ann.zip", "bucket.py")
    zip_collect(root)
    assert collected(root) == {"ann/toy/bucket.py", "bob/toy/bucket.ipynb"}
