"""The files of a scene: written in an empty folder, put into the student's, and taken away by a later scene.

A world keeps a hidden folder in the student's, `.drycloud-PORT`, named after the port of its cloud. In it the scene
writes, and a list names the files that were put beside it. The next scene that finds the cloud gone, or that is set in
the same cloud, takes these away. So notebooks in one folder leave each other's files alone, and what a killed kernel
left does not stay.
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

KEPT = "kept"  # where that goes which a scene must not destroy
_PREFIX, _LIST, _STAGE = ".drycloud-", "files.json", "scene"
_PATIENCE = 5.0  # seconds that the cloud of a kernel which was restarted may still take to end

Digests = dict[str, str]


@contextmanager
def staged(folder: Path, port: int) -> Iterator[Path]:
    """An empty folder for the scene of the cloud at `port` to write in; gone at the end, however that comes."""
    stage = _place(folder, port) / _STAGE
    try:
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        with suppress(OSError):  # there is a list in it
            stage.parent.rmdir()


def read_stage(stage: Path) -> dict[str, File]:
    """The files that the scene wrote, as grading keeps them."""
    return {path.relative_to(stage).as_posix(): _file(path) for path in sorted(stage.rglob("*")) if path.is_file()}


def put_in(folder: Path, port: int, stage: Path, files: dict[str, File]) -> list[str]:
    """Move what the scene wrote into `folder` and note it; what to tell the student of files that stood in the way.

    Raises UsageError where these are of a world that is in use.
    """
    told, moved = list[str](), []
    if files:
        told = _wait_for(folder, port, {name.partition("/")[0] for name in files})
        digests = {name: hashlib.sha256(file.data).hexdigest() for name, file in files.items()}
        (stage.parent / _LIST).write_bytes(msgspec.json.encode(digests))
        for made in sorted(stage.iterdir()):
            if os.path.lexists(folder / made.name):
                moved.append(_keep(folder, folder / made.name))
            made.rename(folder / made.name)
    if moved:
        told.append(f"The scene needs names that were in use here. What had them is kept as {_some(moved)}.")
    return told


def take_away(folder: Path, port: int) -> list[str]:
    """Remove the files of worlds that are over: of the cloud at `port`, which gets a new one, and of clouds that ended.

    What a student made of such a file is kept under another name; returns what to tell of that.
    """
    return _cleared(folder, [p for p, number in _places(folder) if number == port or not _is_served(number)])


def _cleared(folder: Path, places: list[Path]) -> list[str]:
    kept = []
    for place in places:
        kept += _removed(folder, _noted(place))
        shutil.rmtree(place, ignore_errors=True)
    return [f"You had changed files of the world before. They are kept as {_some(kept)}."] if kept else []


def _wait_for(folder: Path, port: int, names: set[str]) -> list[str]:
    """Wait until none of these names belongs to another world; after a restart its cloud takes a moment to end."""
    told = []
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
        told += _cleared(folder, [place])
    return told


def _removed(folder: Path, noted: Digests) -> list[str]:
    """Remove these files, and the folders that are empty then; where those that were changed are kept."""
    kept = []
    for name, digest in noted.items():
        path = folder / name
        if _leads_elsewhere(folder, name) or not path.is_file():
            continue
        with suppress(OSError):
            path.chmod(0o600)  # one may have taken away the right to read it
        if hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            path.unlink()
        else:
            kept.append(_keep(folder, path))
    for above in sorted({parent for name in noted for parent in PurePosixPath(name).parents}, reverse=True):
        if above.parts:
            with suppress(OSError):  # there is something else in it
                (folder / above).rmdir()
    return kept


def _keep(folder: Path, path: Path) -> str:
    """Move `path` to where it is in nobody's way; the name that it has from then on."""
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
    """The files of a world; none where the list is damaged or was never written."""
    try:
        noted = msgspec.json.decode((place / _LIST).read_bytes(), type=Digests)
    except (OSError, msgspec.DecodeError):
        return {}
    return {name: digest for name, digest in noted.items() if _is_below(name)}


def _is_below(name: str) -> bool:
    """Whether the name leads into the folder that it is joined to."""
    return not Path(name).is_absolute() and ".." not in Path(name).parts and bool(Path(name).parts)


def _leads_elsewhere(folder: Path, name: str) -> bool:
    """Whether the file, or a folder on the way to it, is a link by now."""
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
