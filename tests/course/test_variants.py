"""The variants of a submission differ in what a step teaches."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from repository import ROOT

from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine
from drycloud.cloud.warm import warm_up
from drycloud.course import load_course
from drycloud.grading.checker import Verdict
from drycloud.grading.stage import Scene, Stage, StageResult, _call, _set_scene
from drycloud.grading.submission import Grader
from drycloud.grading.suite import Suite
from drycloud.grading.works import Submission, Work
from drycloud.limits import Limits
from drycloud.notebook import Exercise, load_exercise
from drycloud.report import Run


def test_a_scene_is_told_of_the_variant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its number is one more in the next variant, and begins elsewhere for others."""
    numbers: list[list[int]] = []

    def runs(_: Grader, stage: Stage, suite: Suite, times: int) -> list[StageResult]:
        def scene(variant: int) -> int:
            return variant

        numbers[-1].append(_call(scene, stage, tmp_path))
        return [StageResult(Run(), [Verdict(suite.checks[0].name, "passed")])] * times

    monkeypatch.setattr(Grader, "_runs", runs)
    sample = tmp_path / "sample.py"
    sample.write_text("pass\n")
    with Grader(load_course(ROOT), b"secret") as grader:
        for student in ("ann", "bob"):
            numbers.append([])
            grader.grade(Submission(student, "02_ec2", [Work("launch", sample)]))
    assert [after - before for before, after in numbers] == [1, 1]
    assert numbers[0] != numbers[1]


def test_a_stage_needs_no_number(tmp_path: Path) -> None:
    """A scene that does not ask is called as ever."""
    stage = Stage(Exercise(tmp_path, []), [], Limits(), [], 7)
    assert _call(lambda rng: rng.random(), stage, tmp_path) == _call(lambda rng: rng.random(), stage, tmp_path)


def facts(scene: Scene, *names: str) -> list[Any]:
    """These fields of the instance that is given."""
    return [getattr(scene.before[scene.given["instance_id"]], name) for name in names]


def user_of(scene: Scene) -> str:
    """The beginning of the name of the given instance's image, from which its user follows."""
    found = client("ec2").describe_images(ImageIds=facts(scene, "image_id"))["Images"]
    return str(found[0]["Name"])[:6]


def regions_of(scene: Scene) -> list[str]:
    """The regions in which something has the tag."""
    tag = scene.given["tag_key"], scene.given["tag_value"]
    return sorted({scene.before[id].region for id in scene.before.instances(tag=tag)})


TAUGHT: dict[str, Callable[[Scene], list[Any]]] = {
    "02_ec2/key_pair": lambda scene: [],
    "02_ec2/launch": lambda scene: [],
    "02_ec2/inspect": lambda scene: facts(scene, "state", "instance_type", "key_name", "public_ip", "public_dns"),
    "02_ec2/connect": lambda scene: [user_of(scene), *facts(scene, "public_ip", "public_dns")],
    "02_ec2/terminate": lambda scene: [],
    "02_ec2/cleanup": lambda scene: [],
    "03_more_ec2/security_group": lambda scene: [],
    "03_more_ec2/image": lambda scene: [],
    "03_more_ec2/elastic_ip": lambda scene: [],
    "03_more_ec2/spot": lambda scene: [],
    "03_more_ec2/pricing": lambda scene: [],
    "03_more_ec2/regions": lambda scene: [regions_of(scene)],
    "05_cli/instances": lambda scene: [],
}
# What may be the same by chance, and is no answer by itself.
BY_CHANCE = {"prices_file", "hours_per_day", "days"}


@pytest.mark.parametrize("step", TAUGHT)
def test_variants_differ_in_what_the_step_teaches(step: str) -> None:
    """Whatever the seed: each value that is given, and each that is to be found out, is another in the next variant."""
    warm_up(["ec2", "s3", "sts"])
    exercise = load_exercise(load_course(ROOT).files_of(*step.split("/")).exercise)
    for seed in range(3):
        found = []
        for variant in (seed, seed + 1):
            engine.reset()
            scene = _set_scene(Stage(exercise, [], Limits(), [], 10 * seed + variant, variant))
            given = [value for name, value in scene.given.items() if name not in BY_CHANCE]
            found.append([*given, *TAUGHT[step](scene)])
        assert [one for one, other in zip(*found, strict=True) if one == other] == []
    engine.reset()
