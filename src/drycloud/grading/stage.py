"""One step, one variant: a fresh cloud in a fork of a warm process, the scene, the run, then the checks."""

import inspect
import random
import signal
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any

import msgspec
from msgspec import Struct, structs

from drycloud.cloud import clock
from drycloud.cloud.account.bill import price
from drycloud.cloud.account.snapshot import Snapshot, take_snapshot
from drycloud.cloud.account.trail import Trail
from drycloud.cloud.clients.boto import client
from drycloud.cloud.clients.links import open_link
from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.meter import Bounds
from drycloud.cloud.http.serve import Endpoint
from drycloud.cloud.moto import engine
from drycloud.cloud.state.states import set_transition_seconds
from drycloud.errors import DrycloudError, SandboxError
from drycloud.grading import overruns
from drycloud.grading.advice import advised
from drycloud.grading.bounds import LITTLE, OVERRUNS, Overrun, bounded, end_after
from drycloud.grading.checker import Verdict, run_checks
from drycloud.grading.evidence import Answers, Evidence, File, RunFiles
from drycloud.grading.fork import ForkOverrun, in_fork
from drycloud.grading.guest import PORT, prelude, warm_commands
from drycloud.grading.leftovers import locked_folder
from drycloud.grading.overruns import cut_short, left_by
from drycloud.grading.suite import Suite
from drycloud.limits import Limits
from drycloud.notebook import Code, Exercise
from drycloud.notebook.exercise import scene_source
from drycloud.report import Bill, Call, Frozen, Run
from drycloud.sandbox import Job, Sandbox, SandboxFile, SandboxLost
from drycloud.sandbox.messages import Outcome, decode_answers

_JUDGE_SECONDS = 180.0  # by the clock: everything that follows a run ends by itself before
_JUDGE_PROCESSOR, _JUDGE_MIB = 60.0, 1024  # of that: honest work takes a second and 10 MiB
_REPORT_SECONDS = 10.0  # seconds of processor time to report that these are over
_SCENE_PROCESSOR = 60.0
_CONNECTION_PROCESSOR = 60.0  # for the cost of calls besides their own seconds, mainly of those that are refused
_CONNECTION_MIB = 3072  # a thread has a stack of 8 MiB for each of 256 connections; then the data of calls
_NO_END = "grading this run did not end as it should"
_NO_LAST_CALL = "a call to the simulated AWS did not end, and did nothing either"


class StageResult(Frozen, frozen=True):
    """The result of one variant of one step: a verdict on each check, or else a `fault`, which is never the student's.

    `lost`: one of its processes vanished, so it should be tried again.
    """

    run: Run
    verdicts: list[Verdict] = []
    trail: list[Call] = []
    bill: Bill = Bill()
    fault: str = ""
    lost: bool = False


class Stage(Frozen, frozen=True):
    """The inputs of a variant. `variant` increases by one for each further variant, and may start at any number."""

    exercise: Exercise
    cells: list[Code]
    limits: Limits
    services: list[str]
    seed: int
    variant: int = 0
    libraries: list[str] = []


class Scene(Struct, frozen=True):
    """The values that a scene returned, its files in the working directory, and the cloud in its state."""

    given: dict[str, Any]
    files: dict[str, File]
    before: Snapshot


def run_stage(stage: Stage, suite: Suite, sandbox: Sandbox, scene: Scene | None = None) -> StageResult:
    """Run one variant in a fork of this process; a fork that fails is a fault, unless it reached a limit.

    `scene` is given if this process has set it already.
    """
    _code_of(stage.exercise)  # computed before the fork, so that not every fork does it
    prelude(stage.exercise, stage.cells)
    work = partial(_performed, stage, suite, sandbox, scene)
    try:
        return in_fork(work, StageResult, _seconds(stage), _SCENE_PROCESSOR + _run_processor(stage) + _JUDGE_PROCESSOR)
    except ForkOverrun:
        return _overrun(suite, Run("killed"), overruns.LEFT)
    except (ChildProcessError, TimeoutError) as error:
        return StageResult(Run(), fault=_NO_END, lost=isinstance(error, ChildProcessError))


def from_one_scene(stage: Stage, times: int, run: Callable[[Scene], StageResult]) -> list[StageResult]:
    """The results of calling `run` `times` times, in a fork of this process that has set the scene."""

    def work() -> list[StageResult]:
        try:
            scene = _set_scene(stage)
            return [run(scene) for _ in range(times)]
        except Exception as error:
            return [StageResult(Run(), fault=_fault(error))] * times

    try:
        return in_fork(work, list[StageResult], times * _seconds(stage))
    except (ChildProcessError, TimeoutError):
        return [StageResult(Run(), fault=_NO_END)] * times


def _seconds(stage: Stage) -> float:
    return stage.limits.wall_seconds + _JUDGE_SECONDS


def _run_processor(stage: Stage) -> float:
    return stage.limits.cloud_seconds + _CONNECTION_PROCESSOR


def _performed(stage: Stage, suite: Suite, sandbox: Sandbox, scene: Scene | None) -> StageResult:
    try:
        return _perform(stage, suite, sandbox, scene or _set_scene(stage))
    except SandboxLost as error:
        return lost(error)
    except BaseException as error:
        return StageResult(Run(), fault=_fault(error))


def lost(error: SandboxLost | SandboxError) -> StageResult:
    """The result of a run whose sandbox could not start, or vanished."""
    text = str(error) if isinstance(error, SandboxError) else f"the sandbox of this run was lost: {error}"
    return StageResult(Run(), fault=text[:500], lost=True)


def _fault(error: BaseException) -> str:
    return str(error) if isinstance(error, DrycloudError) else f"{type(error).__name__}: {error}"[:500]


def _perform(stage: Stage, suite: Suite, sandbox: Sandbox, scene: Scene) -> StageResult:
    cloud = _cloud(stage)
    try:
        with bounded(_run_processor(stage), stage.limits.cloud_mib + _CONNECTION_MIB):
            outcome, ended = _run(stage, sandbox, scene, cloud)
    except OVERRUNS:
        return _overrun(suite, Run("killed"), overruns.CALLS)
    said = advised(outcome.message, [code.source for code in stage.cells], stage.libraries)
    message = " ".join([said, *cut_short(cloud)]).strip()
    run = Run(outcome.outcome, message, outcome.seconds, outcome.stdout, outcome.stderr)
    if cloud.held is not None:  # without the cloud's lock nobody can examine it
        return _overrun(suite, run, overruns.LAST_CALL) if cloud.held else StageResult(run, fault=_NO_LAST_CALL)
    left = left_by(outcome, scene.files, cloud)
    end_after(_JUDGE_PROCESSOR + _REPORT_SECONDS)  # a library may not handle a signal
    try:
        with bounded(_JUDGE_PROCESSOR, _JUDGE_MIB):
            result = _judged(suite, run, _evidence(outcome, scene, Trail(cloud.trail, ended), left))
    except OVERRUNS as error:
        if left < LITTLE:
            raise
        return _overrun(suite, run, overruns.TIME if isinstance(error, Overrun) else overruns.LEFT)
    # The engine never kills without a reason: a run that is killed again has done it itself.
    return structs.replace(result, lost=outcome.killed_by == signal.SIGKILL)


def _run(stage: Stage, sandbox: Sandbox, scene: Scene, cloud: Cloud) -> tuple[Outcome, float]:
    """The outcome of the student's code in this cloud, and its end in the trail's time."""
    listener = sandbox.listen(PORT)
    cloud.start_clock(by_calls=True)
    set_transition_seconds(stage.limits.state_seconds)
    with Endpoint(cloud, listener):
        outcome = sandbox.run(_job(stage, scene.given, scene.files))
        clock.advance(outcome.slept)
        ended = cloud.seconds
    set_transition_seconds(0)
    return outcome, ended


def _judged(suite: Suite, run: Run, evidence: Evidence) -> StageResult:
    """The verdicts on what a run left."""
    verdicts = run_checks(suite, evidence)
    calls = [call.reported() for call in evidence.trail[: overruns.MAX_LISTED_CALLS]]
    return StageResult(run, verdicts, calls, evidence.bill)


def _evidence(outcome: Outcome, scene: Scene, trail: Trail, left: int) -> Evidence:
    """What checks are made on; the snapshot is taken here."""
    after = take_snapshot()
    return Evidence(
        before=scene.before,
        after=after,
        given=SimpleNamespace(**scene.given),
        answers=Answers(decode_answers(outcome.answers), is_cut_short=outcome.outcome != "finished"),
        files=_files_of(outcome),
        files_before=scene.files,
        trail=trail,
        bill=price(after, scene.before),
        client=client,
        fetch=open_link,
        left=left,
    )


def _overrun(suite: Suite, run: Run, why: str) -> StageResult:
    """The result of a run that left more than can be examined: no check passes."""
    verdicts = [Verdict(spec.name, "failed", why) for spec in suite.checks]
    return StageResult(structs.replace(run, message=f"{run.message} {why}".strip()), verdicts)


def _files_of(outcome: Outcome) -> RunFiles:
    files = {name: File(file.data, file.mode) for name, file in outcome.files.items()}
    return RunFiles(files, outcome.unread, outcome.left_out)


def _cloud(stage: Stage) -> Cloud:
    limits = stage.limits
    bounds = Bounds(limits.requests, limits.sent_mib * 1024**2, limits.cloud_seconds, limits.cloud_mib * 1024**2)
    return Cloud(stage.services, bounds, max_body=limits.request_mib * 1024**2)


def _set_scene(stage: Stage) -> Scene:
    """Run the exercise's scene in this process's cloud."""
    engine.seed_ids(stage.seed)
    set_transition_seconds(0)
    names: dict[str, Any] = {"__name__": "scene"}
    exec(_code_of(stage.exercise), names)
    with locked_folder() as folder:
        given = _call(names["scene"], stage, Path(folder))
        files = {str(path.relative_to(folder)): path for path in Path(folder).rglob("*") if path.is_file()}
        found = {name: _file(path) for name, path in files.items()}
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(given), type=dict[str, Any])
    return Scene(plain, found, take_snapshot())


def _code_of(exercise: Exercise) -> CodeType:
    return _compiled(exercise.path, exercise.sources("scene")[0])


@lru_cache(maxsize=64)
def _compiled(path: Path, source: str) -> CodeType:
    code: CodeType = compile(scene_source(source), str(path), "exec")
    return code


def _file(path: Path) -> File:
    found = path.stat()
    return File(path.read_bytes(), found.st_mode & 0o777, found.st_mtime)


def _call(scene: Callable[..., Any], stage: Stage, workdir: Path) -> Any:
    offered: dict[str, Callable[[], Any]] = {
        "ec2": lambda: client("ec2"),
        "s3": lambda: client("s3"),
        "client": lambda: client,
        "rng": lambda: random.Random(stage.seed),
        "variant": lambda: stage.variant,
        "workdir": lambda: workdir,
    }
    return scene(**{name: offered[name]() for name in inspect.signature(scene).parameters})


def _job(stage: Stage, given: dict[str, Any], files: dict[str, File]) -> Job:
    return Job(
        cells=[code.source for code in stage.cells],
        labels=[code.label for code in stage.cells],
        optional=[code.may_fail for code in stage.cells],
        program=next((code.program for code in stage.cells), ""),
        limits=stage.limits,
        prelude=prelude(stage.exercise, stage.cells),
        names={"given": given},
        environment=dict(_environment(given)),
        files={name: SandboxFile(file.data, file.mode, file.mtime) for name, file in files.items()},
        commands=warm_commands(stage.cells),
    )


def _environment(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        if isinstance(value, str | int | float):
            yield name.upper(), str(value)
