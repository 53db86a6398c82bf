"""Attacks by what lies where work is collected, and through nbgrader's exchange: a whole class run, gradebook and all.

Every attack of tests/attacks/collected/ and exchange/ is one student of one class, beside honest ones.
"""

from pathlib import Path
from typing import NamedTuple

import pytest
from classroom_toy import fresh
from machine import CLI, run

from attacks.corpus import Attack, attacks
from drycloud.classroom.collection.exchange import collect, publish, submit_as
from drycloud.classroom.gradebook.marks import marks
from drycloud.course import load_course
from drycloud.grading.pool import grade_all
from drycloud.grading.works import Submission, Work
from drycloud.report import Report, from_json

RIGHT = 'import boto3\nboto3.client("s3", region_name="us-east-1").create_bucket(Bucket=given.bucket)\n'
BY_FOLDER, BY_EXCHANGE = attacks("collected"), attacks("exchange")
CORPUS = [*BY_FOLDER, *BY_EXCHANGE]
HONEST = {"ann": 3.5, "eve": 0.75, "zoe": 3.5}  # eve hands in through the exchange: late, which takes half of 5.5
LOOKALIKE = "\u0430nn"  # one of the attacks comes with this name beside its own


class Ran(NamedTuple):
    """What the class run came to, and what the teacher was told."""

    reports: dict[str, Report]
    marks: dict[str, float]
    told: str
    alone: dict[str, Report]
    changed: set[Path]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    root = fresh(tmp_path_factory.mktemp("collected"))
    settings = root / "course.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("due: 2027", "due: 2020"), encoding="utf-8")
    before = {path: path.read_bytes() for path in things_of(root)}
    with pytest.MonkeyPatch.context() as patched:
        for name in ("DRYCLOUD_BUILD", "DRYCLOUD_EXCHANGE"):
            patched.delenv(name, raising=False)
        told = hand_in(root)
        done = run([*CLI, "grade", "toy", "--json"], root)
        assert done.returncode == 0, done.stderr
        noted = {mark.student: mark.score for mark in marks(load_course(root), "toy")}
        reports = {report.student: report for report in from_json(done.stdout.encode()) if report.step == "bucket"}
        after = {path: path.read_bytes() for path in things_of(root)}
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        return Ran(reports, noted, told + done.stderr, alone(root), changed)


def things_of(root: Path) -> list[Path]:
    """Everything that no attack may touch: the course, and what lies around it."""
    return [p for p in root.parent.rglob("*") if p.is_file() and "build" not in p.parts and "homes" not in p.parts]


def hand_in(root: Path) -> str:
    """Have everybody hand in: those of the exchange first, who are then collected. What collecting told."""
    course, homes = load_course(root), root / "homes"
    publish(course, "toy")
    inbound = next((root / "build/exchange").glob("*/inbound"))
    for student, attack in [*((attack.student, attack) for attack in BY_EXCHANGE), ("eve", None)]:
        home = homes / student / "toy"
        home.mkdir(parents=True)
        (home / "bucket.py").write_text(RIGHT)
        before = set(inbound.iterdir())
        submit_as(course, "toy", student, home)
        if attack:
            attack.make((set(inbound.iterdir()) - before).pop())
    told = collect(course, "toy")
    place = root / "build/submitted"
    for student in ("ann", "zoe"):
        (place / student / "toy").mkdir(parents=True)
        (place / student / "toy/bucket.py").write_text(RIGHT)
    for attack in BY_FOLDER:
        attack.make(place, attack.student)
    return "\n".join(told)


def alone(root: Path) -> dict[str, Report]:
    """The honest students' reports in a class of their own."""
    secret = (root / "build/course_secret").read_bytes()
    path = root / "build/submitted/ann/toy/bucket.py"
    works = [Submission(student, "toy", [Work("bucket", path)]) for student in HONEST]
    return {r.student: r for _, found in grade_all(load_course(root), secret, works, 1) for r in found}


@pytest.mark.parametrize("attack", CORPUS, ids=lambda attack: attack.name)
def test_a_collected_attack_comes_to_what_its_head_says(ran: Ran, attack: Attack) -> None:
    """Its report, or none where nobody could be told from it; its mark in the gradebook; what the teacher is told."""
    report = ran.reports.get(attack.student)
    assert (report.run.outcome if report else "none") in attack.run
    assert ran.marks.get(attack.student, 0) == attack.earns
    assert all(words in report.run.message for words in attack.says) if report else not attack.says
    assert all(words in ran.told for words in attack.tells), ran.told


def test_honest_work_beside_them_earns_the_same(ran: Ran) -> None:
    """Each honest report is that of a class without attackers; nobody else stands in the gradebook."""
    for student, mark in HONEST.items():
        assert ran.reports[student].settled() == ran.alone[student].settled()
        assert ran.marks[student] == mark
    assert set(ran.marks) <= {*HONEST, LOOKALIKE, *(attack.student for attack in CORPUS)}


def test_nothing_was_written_elsewhere(ran: Ran) -> None:
    """The course is as it was, and nothing new lies in it or around it."""
    assert ran.changed == set()


def test_the_teacher_is_told_in_lines_that_can_be_read(ran: Ran) -> None:
    """No escape, no half character and no traceback, whatever the names."""
    assert "Traceback" not in ran.told
    assert all(line.isprintable() for line in ran.told.splitlines())
