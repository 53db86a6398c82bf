"""One step, one variant: a fresh cloud in a fork of a warm process, the scene, the run, then the checks."""

import contextlib
import ctypes
import gc
import inspect
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec

from drycloud.cloud import Cloud, Endpoint, client, engine, open_link, price, take_snapshot
from drycloud.cloud.states import set_moment
from drycloud.errors import DrycloudError
from drycloud.grading.checker import Verdict, run_checks
from drycloud.grading.evidence import Answers, Evidence, File
from drycloud.grading.guest import AWS, PORT, PRELUDE
from drycloud.grading.leftovers import held_folder
from drycloud.grading.suite import Suite
from drycloud.limits import Limits
from drycloud.notebook import Exercise
from drycloud.notebook.exercise import scene_source
from drycloud.report import Bill, Call, Frozen, Run
from drycloud.sandbox import Job, Sandbox, SandboxFile, SandboxLost
from drycloud.sandbox.messages import decode_answers

_CHECKS_SECONDS = 60.0
_CALLS_TOLD = 2000  # checks see all of them
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class StageResult(Frozen, frozen=True):
    """What one variant of one step came to. `fault` is ours, never the student's; `lost`: a process of it vanished."""

    run: Run
    verdicts: list[Verdict] = []
    trail: list[Call] = []
    bill: Bill = Bill()
    fault: str = ""
    lost: bool = False


class Stage(Frozen, frozen=True):
    """What a variant is made of."""

    exercise: Exercise
    cells: list[str]
    limits: Limits
    services: list[str]
    seed: int


def run_stage(stage: Stage, suite: Suite, sandbox: Sandbox) -> StageResult:
    """Run one variant in a fork of this process; a fork that fails is a fault, never a verdict."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_stage(stage, suite, sandbox, read, write)
    os.close(write)
    deadline = time.monotonic() + stage.limits.wall_seconds + _CHECKS_SECONDS
    data = _read_until(read, deadline)
    ended = time.monotonic() < deadline
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    try:
        return msgspec.json.decode(data, type=StageResult)
    except msgspec.DecodeError:
        return StageResult(Run(), fault="grading this run did not end as it should", lost=ended)


def _read_until(read: int, deadline: float) -> bytes:
    import select

    parts: list[bytes] = []
    while select.select([read], [], [], max(deadline - time.monotonic(), 0))[0]:
        part = os.read(read, 1024**2)
        if not part:
            break
        parts.append(part)
    os.close(read)
    return b"".join(parts)


def _be_the_stage(stage: Stage, suite: Suite, sandbox: Sandbox, read: int, write: int) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # who waits for us, and would end us, may be killed
    gc.disable()  # this process lives for a second: collecting would only copy the warm parent's pages
    os.close(read)
    try:
        result = _perform(stage, suite, sandbox)
    except SandboxLost:
        message = "Your code's sandbox ended before your code did."
        result = StageResult(Run(outcome="killed", message=message), lost=True)
    except BaseException as error:
        result = StageResult(Run(), fault=_fault(error))
    with os.fdopen(write, "wb") as pipe:
        pipe.write(msgspec.json.encode(result))
    os._exit(0)


def _fault(error: BaseException) -> str:
    return str(error) if isinstance(error, DrycloudError) else f"{type(error).__name__}: {error}"[:500]


def _perform(stage: Stage, suite: Suite, sandbox: Sandbox) -> StageResult:
    engine.seed_ids(stage.seed)
    set_moment(0)
    cloud = _cloud(stage)
    given, files = _set_scene(stage)
    before = take_snapshot()
    listener = sandbox.listen(PORT)
    cloud.start_clock()
    set_moment(stage.limits.state_seconds)
    with Endpoint(cloud, listener):
        outcome = sandbox.run(_job(stage, given, files))
    set_moment(0)
    after = take_snapshot()
    message = " ".join([outcome.message, *_cut_short(cloud)]).strip()
    run = Run(outcome.outcome, message, outcome.seconds, outcome.stdout, outcome.stderr)
    evidence = Evidence(
        before=before,
        after=after,
        given=SimpleNamespace(**given),
        answers=Answers(decode_answers(outcome.answers)),
        files={name: File(f.data, f.mode) for name, f in outcome.files.items()},
        files_before=files,
        trail=cloud.trail,
        bill=price(after, before),
        client=client,
        fetch=open_link,
    )
    verdicts = run_checks(suite, evidence)
    # Nothing of ours kills without saying why: it was the student's own doing, or the machine's (short of memory).
    killed = outcome.killed_by == signal.SIGKILL
    return StageResult(run, verdicts, cloud.trail[:_CALLS_TOLD], evidence.bill, lost=killed)


def _cloud(stage: Stage) -> Cloud:
    limits = stage.limits
    body, sent = limits.request_mib * 1024**2, limits.sent_mib * 1024**2
    return Cloud(stage.services, max_requests=limits.requests, max_body=body, max_sent=sent)


def _cut_short(cloud: Cloud) -> Iterator[str]:
    """What the student is told of a flood of calls."""
    if cloud.requests > cloud.max_requests:
        yield f"Your code asked AWS more than {cloud.max_requests} times; what came after that was refused."
    if cloud.sent > cloud.max_sent:
        yield f"Your code sent more than {cloud.max_sent / 1024**2:g} MiB to AWS; what came after that was refused."
    if len(cloud.trail) > _CALLS_TOLD:
        yield f"Of its {len(cloud.trail)} calls the first {_CALLS_TOLD} are listed."


def _set_scene(stage: Stage) -> tuple[dict[str, Any], dict[str, File]]:
    """Run the exercise's scene; what it gives, and the files it put in the working directory."""
    names: dict[str, Any] = {"__name__": "scene"}
    exec(compile(scene_source(stage.exercise), str(stage.exercise.path), "exec"), names)
    with held_folder() as folder:
        given = _call(names["scene"], random.Random(stage.seed), Path(folder))
        files = {str(path.relative_to(folder)): path for path in Path(folder).rglob("*") if path.is_file()}
        found = {name: _file(path) for name, path in files.items()}
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(given), type=dict[str, Any])
    return plain, found


def _file(path: Path) -> File:
    found = path.stat()
    return File(path.read_bytes(), found.st_mode & 0o777, found.st_mtime)


def _call(scene: Callable[..., Any], rng: random.Random, workdir: Path) -> Any:
    offered: dict[str, Callable[[], Any]] = {
        "ec2": lambda: client("ec2"),
        "s3": lambda: client("s3"),
        "client": lambda: client,
        "rng": lambda: rng,
        "workdir": lambda: workdir,
    }
    return scene(**{name: offered[name]() for name in inspect.signature(scene).parameters})


def _job(stage: Stage, given: dict[str, Any], files: dict[str, File]) -> Job:
    return Job(
        cells=stage.cells,
        limits=stage.limits,
        prelude=PRELUDE,
        names={"given": given},
        environment=dict(_environment(given)),
        files={name: SandboxFile(file.data, file.mode, file.mtime) for name, file in files.items()},
        commands=[AWS] if any("aws" in cell for cell in stage.cells) else [],
    )


def _environment(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        if isinstance(value, str | int | float):
            yield name.upper(), str(value)
