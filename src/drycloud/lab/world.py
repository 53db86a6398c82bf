"""The files of a scene: written to an empty folder, moved to the student's, and removed by a later scene.

A world has a hidden folder in the student's, `.drycloud-PORT`, named after the port of its cloud. There the scene
writes, and a list names the files that were moved out of it. The next scene that finds the cloud gone, or that uses
the same cloud, removes these. So notebooks in one folder leave each other's files alone, and files of a killed kernel
do not stay.
"""

import hashlib
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

import msgspec

from drycloud.errors import UsageError
from drycloud.grading.evidence import File

KEPT = "kept"  # the folder for files that a scene must not destroy
_PREFIX, _LIST, _STAGE = ".drycloud-", "files.json", "scene"
_PATIENCE = 5.0  # seconds that the cloud of a restarted kernel may take to end

Digests = dict[str, str]


@contextmanager
def staged(folder: Path, port: int) -> Iterator[Path]:
    """An empty folder for the scene of the cloud at `port` to write to; always removed at the end."""
    stage = _place(folder, port) / _STAGE
    try:
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        with suppress(OSError):  # it contains a list
            stage.parent.rmdir()


def read_stage(stage: Path) -> dict[str, File]:
    """The files that the scene wrote, as grading keeps them."""
    return {path.relative_to(stage).as_posix(): _file(path) for path in sorted(stage.rglob("*")) if path.is_file()}


def put_files(folder: Path, port: int, stage: Path, files: dict[str, File]) -> list[str]:
    """Move what the scene wrote into `folder` and record it; returns messages about files that were in the way.

    Raises UsageError if these belong to a world that is in use.
    """
    messages, moved = list[str](), []
    if files:
        messages = _wait_for(folder, port, {name.partition("/")[0] for name in files})
        digests = {name: hashlib.sha256(file.data).hexdigest() for name, file in files.items()}
        (stage.parent / _LIST).write_bytes(msgspec.json.encode(digests))
        for made in sorted(stage.iterdir()):
            if os.path.lexists(folder / made.name):
                moved.append(_keep(folder, folder / made.name))
            made.rename(folder / made.name)
    if moved:
        messages.append(f"The scene needs names that were in use here. What had them is kept as {_some(moved)}.")
    return messages


def remove_files(folder: Path, port: int) -> list[str]:
    """Remove the files of worlds that are over: of the cloud at `port`, which gets a new scene, and of ended clouds.

    A file that the student changed is kept under another name; returns messages about that.
    """
    return _cleared(folder, [p for p, number in _places(folder) if number == port or not _is_served(number)])


def _cleared(folder: Path, places: list[Path]) -> list[str]:
    kept = []
    for place in places:
        kept += _removed(folder, _noted(place))
        shutil.rmtree(place, ignore_errors=True)
    return [f"You had changed files of the world before. They are kept as {_some(kept)}."] if kept else []


def _wait_for(folder: Path, port: int, names: set[str]) -> list[str]:
    """Wait until none of these names belongs to another world; after a restart its cloud takes some time to end."""
    messages = []
    for place, number in _places(folder):
        taken = sorted(names & {name.partition("/")[0] for name in _noted(place)})
        if number == port or not taken:
            continue
        until = time.monotonic() + _PATIENCE
        while _is_served(number):
            if time.monotonic() > until:
                hint = "shut down the kernel of that notebook, or close it, then run this cell again"
                raise UsageError(f"'{taken[0]}' in this folder is in use by another notebook", hint=hint)
            time.sleep(0.05)
        messages += _cleared(folder, [place])
    return messages


def _removed(folder: Path, noted: Digests) -> list[str]:
    """Remove these files, and folders that become empty; returns where changed ones are kept."""
    kept = []
    for name, digest in noted.items():
        path = folder / name
        if _leads_elsewhere(folder, name) or not path.is_file():
            continue
        with suppress(OSError):
            path.chmod(0o600)  # its read permission may have been removed
        if hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            path.unlink()
        else:
            kept.append(_keep(folder, path))
    for above in sorted({parent for name in noted for parent in PurePosixPath(name).parents}, reverse=True):
        if above.parts:
            with suppress(OSError):  # it is not empty
                (folder / above).rmdir()
    return kept


def _keep(folder: Path, path: Path) -> str:
    """Move `path` out of the way; returns its new name."""
    numbers = ["", *(f"-{number}" for number in range(2, 1000))]
    targets = (folder / f"{KEPT}{number}" / path.relative_to(folder) for number in numbers)
    target = next(target for target in targets if not os.path.lexists(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)
    return target.relative_to(folder).as_posix()


def _some(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} (and {len(names) - 1} more)"


def _places(folder: Path) -> list[tuple[Path, int]]:
    """The hidden folders of worlds, each with its port."""
    found = [(place, place.name.removeprefix(_PREFIX)) for place in folder.glob(f"{_PREFIX}*") if place.is_dir()]
    return [(place, int(number)) for place, number in sorted(found) if number.isascii() and number.isdigit()]


def _place(folder: Path, port: int) -> Path:
    return folder / f"{_PREFIX}{port}"


def _noted(place: Path) -> Digests:
    """The files of a world; empty if the list is damaged or was never written."""
    try:
        noted = msgspec.json.decode((place / _LIST).read_bytes(), type=Digests)
    except (OSError, msgspec.DecodeError):
        return {}
    return {name: digest for name, digest in noted.items() if _is_below(name)}


def _is_below(name: str) -> bool:
    """Whether the name stays in the folder that it is joined to."""
    return not Path(name).is_absolute() and ".." not in Path(name).parts and bool(Path(name).parts)


def _leads_elsewhere(folder: Path, name: str) -> bool:
    """Whether the file, or a folder on the way to it, is a link now."""
    return any((folder / part).is_symlink() for part in [PurePosixPath(name), *PurePosixPath(name).parents][:-1])


def _is_served(port: int) -> bool:
    """Whether a cloud answers at this port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
    except (OSError, OverflowError):
        return False
    return True


def _file(path: Path) -> File:
    found = path.stat()
    return File(path.read_bytes(), found.st_mode & 0o777, found.st_mtime)
