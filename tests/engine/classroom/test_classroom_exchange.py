"""nbgrader's exchange: releasing, handing in and collecting, with students who are not to be trusted."""

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from classroom_toy import fresh
from traitlets.config import Config

from drycloud.classroom.adapter.config import configure
from drycloud.classroom.collection.exchange import collect, publish, submit_as
from drycloud.course import load_course
from drycloud.errors import StoreError, UsageError

# A process that is root cannot give its own permissions up in this way: CAP_DAC_OVERRIDE is what it must lose.
COLLECT = """
import sys
from pathlib import Path
from drycloud.classroom.adapter.config import configure
from drycloud.classroom.collection.exchange import collect
from drycloud.course import load_course
root = Path(sys.argv[1])
print(*collect(load_course(root), "toy"), sep="\\n")
"""
STUDENTS = ["ann", "Søren", "Ольга", "美咲", "علی", "o'hara & co"]


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    monkeypatch.delenv("DRYCLOUD_EXCHANGE", raising=False)
    root = fresh(tmp_path)
    publish(load_course(root), "toy")
    return root


def hand_in(root: Path, student: str) -> Path:
    """Hands in what was fetched, and gives the student's folder in the exchange."""
    home = root / "homes" / student / "toy"
    shutil.copytree(inbound(root).parent / "outbound" / "toy", home, dirs_exist_ok=True)
    before = set(inbound(root).iterdir())
    submit_as(load_course(root), "toy", student, home)
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
    assert collect(load_course(root), "toy") == []
    assert collected(root) == sorted(STUDENTS)
    assert (root / "build" / "submitted" / "美咲" / "toy" / "bucket.ipynb").is_file()


def test_the_latest_submission_counts(root):
    """Handing in again replaces what was collected before."""
    hand_in(root, "ann")
    collect(load_course(root), "toy")
    first = timestamp(root, "ann")
    home = root / "homes" / "ann" / "toy"
    (home / "more.txt").write_text("more")
    submit_as(load_course(root), "toy", "ann", home)
    collect(load_course(root), "toy")
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
    assert collect(load_course(root), "toy") == []
    assert timestamp(root, "ann").timestamp() >= start - 1


def test_links_are_not_followed(root):
    """A link in the exchange would be read with the instructor's rights: it is left behind."""
    folder = hand_in(root, "ann")
    (folder / "grader.py").symlink_to(root / "graders" / "toy" / "bucket.py")
    (folder / "trees").symlink_to(root / "graders")
    (folder / "bucket.ipynb").unlink()
    (folder / "bucket.ipynb").symlink_to(root / "solutions" / "toy" / "bucket.py")
    os.mkfifo(folder / "pipe")
    (told,) = collect(load_course(root), "toy")
    for name in ("ann/grader.py", "ann/trees", "ann/bucket.ipynb", "ann/pipe"):
        assert name in told
    arrived = {path.name for path in (root / "build" / "submitted" / "ann" / "toy").iterdir()}
    assert arrived == {"shell.ipynb", "timestamp.txt", "submission_secret.txt", "botocore.py"}


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
    lines = collect(load_course(root), "toy")
    assert collected(root) == ["made up", "zoe"]
    assert not (root / "build" / "toy").exists()
    assert len(lines) == 4
    assert all(any(name in line for line in lines) for name in ("big+toy", "bob+toy", "..+toy", "a*+toy"))


# A name in the exchange, and what is said of it.
LEFT_OUT = {
    f"{'a' * 129}+toy+2027-01-01 10:00:00 UTC+x": "longer than 128 characters",
    "b?b+toy+2027-01-01 10:00:00 UTC+x": "holds '?'",
    "<b>+toy+2027-01-01 10:00:00 UTC+x": "holds '<'",
    "c\u202ed+toy+2027-01-01 10:00:00 UTC+x": "holds U+202E",
    "n\nm+toy+2027-01-01 10:00:00 UTC+x": "holds U+000A",
    " eve+toy+2027-01-01 10:00:00 UTC+x": "begins or ends with a space",
    "+toy+2027-01-01 10:00:00 UTC+x": "is empty",
    ".fay+toy+2027-01-01 10:00:00 UTC+x": "begins with a dot",
    "gus+toy+2027-01-01 10:00:00 UTC+x+y": "not that of a submission",
    "root+toy+2027-01-01 10:00:00 UTC+x": "another user",
}
ANOTHER = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")


@pytest.mark.parametrize(
    ("name", "why"),
    [pytest.param(*item, id=item[1], marks=[ANOTHER] * item[0].startswith("root")) for item in LEFT_OUT.items()],
)
def test_who_is_not_collected_is_told_why(root, name, why):
    """Each name that cannot be a student's has its line, printable; nobody else is affected."""
    hand_in(root, "zoe")
    (inbound(root) / name).mkdir()
    if name.startswith("root"):
        os.chown(inbound(root) / name, 12345, 12345)
    (line,) = collect(load_course(root), "toy")
    assert line.startswith("not collected, ")
    assert why in line
    assert line.isprintable()
    assert ascii(name).strip("'")[:60] in line
    assert collected(root) == ["zoe"]


def test_a_plus_belongs_to_the_students_name(root):
    """Addresses of mail may hold one; no part of such a name is taken for another student's name or assignment."""
    made = ["ann+aws@uni.example", "ann+aws+toy@uni.example", "bob+toy", "zoe"]
    for number, name in enumerate(made):
        random = "" if number % 2 else "+abc"  # nbgrader's add_random_string may be off
        (inbound(root) / f"{name}+toy+2027-01-01 10:00:00.000000 UTC{random}").mkdir()
    assert collect(load_course(root), "toy") == []
    assert collected(root) == sorted(made)


def test_what_cannot_be_collected_leaves_the_earlier_submission(root):
    """nbgrader deletes what it has before it copies; here a resubmission that is too large takes nothing away."""
    hand_in(root, "ann")
    collect(load_course(root), "toy")
    first = timestamp(root, "ann")
    with (hand_in(root, "ann") / "sparse.bin").open("wb") as file:
        file.truncate(200 * 1024**3)
    (line,) = collect(load_course(root), "toy")
    assert "too many" in line
    assert timestamp(root, "ann") == first


def test_a_folder_that_cannot_be_read_is_told(root):
    """One folder without permissions stops nobody; as another user, for root may read everything."""
    hand_in(root, "zoe")
    closed = inbound(root) / "ann+toy+2027-01-01 10:00:00 UTC+x"
    (closed / "inner").mkdir(parents=True)
    closed.chmod(0o444)
    done = subprocess.run(
        ["setpriv", "--bounding-set=-all", "--inh-caps=-all", sys.executable, "-c", COLLECT, str(root)],
        capture_output=True,
        text=True,
        check=False,
    )
    closed.chmod(0o755)
    assert "not collected, it cannot be read (Permission denied): 'ann+toy" in done.stdout, done.stderr
    assert collected(root) == ["zoe"]


def test_names_that_nbgrader_cannot_carry_are_refused(root):
    """A pattern or a path as a name ends in one clear line."""
    for name in ("a*", "a/b", "", ".hidden", "a\nb"):
        with pytest.raises(UsageError, match="cannot be a student's name"):
            submit_as(load_course(root), "toy", name, root / "toy")
    with pytest.raises(UsageError, match=r"no name with a '\+'"):
        submit_as(load_course(root), "toy", "a+b", root / "toy")
    with pytest.raises(UsageError, match="not named toy"):
        submit_as(load_course(root), "toy", "ann", root)


def test_handing_in_what_was_not_released_is_one_line(root):
    """nbgrader's failure comes as ours, with the exchange's place."""
    shutil.rmtree(root / "build" / "exchange")
    home = root / "homes" / "ann" / "toy"
    home.mkdir(parents=True)
    with pytest.raises(StoreError, match="exchange"):
        submit_as(load_course(root), "toy", "ann", home)


def test_the_exchange_is_there_before_the_first_release(root):
    """formgrader shows no button to release before; one that DRYCLOUD_EXCHANGE names is the administrator's to make."""
    shutil.rmtree(root / "build" / "exchange")
    configure(Config(), root)
    assert (root / "build" / "exchange").stat().st_mode & 0o777 == 0o777
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DRYCLOUD_EXCHANGE", str(root / "shared"))
        configure(Config(), root)
    assert not (root / "shared").exists()
