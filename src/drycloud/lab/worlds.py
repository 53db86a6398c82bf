"""The clouds that run on this machine for this user: each leaves a note of itself, by which `drycloud shell` finds it.

A note is a file in a folder of its own, which nobody but its owner may enter, and is believed only there. It goes away
with its cloud. One that a killed cloud left behind is known by asking: nothing, or something else, answers at its port.
"""

import contextlib
import os
import secrets
import shutil
import socket
import stat
import tempfile
import threading
from pathlib import Path

import msgspec

from drycloud.report import Frozen

_PREFIX = "drycloud-world-"
_LARGEST = 4 * 1024**2  # bytes of a note
_PATIENCE = 1.0  # seconds; a cloud on this machine answers in one thousandth of that


class World(Frozen, frozen=True):
    """One running cloud: where it answers, and whose scene was set in it when; what was given, as variables.

    `notebook` is the path of the notebook or script, or '' where it is not known; `since` counts seconds as time.time.
    """

    process: int
    port: int
    folder: str
    notebook: str = ""
    variables: dict[str, str] = {}
    since: float = 0.0

    @property
    def name(self) -> str:
        """What a user calls it."""
        return Path(self.notebook).name if self.notebook else f"a notebook in {Path(self.folder).name or self.folder}"


class Found(Frozen, frozen=True):
    """A world that runs, and its note: when the scene is set anew, there is another note in its place."""

    world: World
    note: Path


class _Note(Frozen, frozen=True):
    world: World
    answer_port: int
    answer: str


class Registration:
    """The note of this process's cloud, from the first `tell` until `close`; several scenes follow each other."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._note: Path | None = None
        self._answer = secrets.token_hex(16)
        self._listener: socket.socket | None = None

    def tell(self, world: World) -> None:
        """Leave a note of a world, in the place of the one before; raises OSError where none can be written."""
        if self._folder is None or self._listener is None:
            running()  # which takes away the notes of the dead
            self._listener = socket.create_server(("127.0.0.1", 0))
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            threading.Thread(target=self._tell_everybody, args=(self._listener,), daemon=True).start()
        note = _Note(world, self._listener.getsockname()[1], self._answer)
        old, self._note = self._note, self._folder / f"{secrets.token_hex(8)}.json"
        partial = self._note.with_suffix(".partial")
        partial.write_bytes(msgspec.json.encode(note))
        partial.replace(self._note)
        if old is not None:
            old.unlink(missing_ok=True)

    def close(self) -> None:
        """Take the note away."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._listener is not None:
            self._listener.close()

    def _tell_everybody(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):  # it is closed
            while True:
                caller, _ = listener.accept()
                with contextlib.suppress(OSError), caller:
                    caller.sendall(self._answer.encode())


def running() -> list[Found]:
    """The worlds that run, the latest first; notes of those that do not are taken away."""
    found = []
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if _is_private(folder):
                found += _alive_in(folder)
    return sorted(found, key=lambda each: each.world.since, reverse=True)


def in_folder(found: list[Found], folder: Path) -> list[Found]:
    """Those of the folder, or else of the nearest one above it that has any; in the order in which they were."""
    here = folder.resolve()
    for place in (here, *here.parents):
        if some := [each for each in found if Path(each.world.folder).resolve() == place]:
            return some
    return []


def _alive_in(folder: Path) -> list[Found]:
    found, is_dead = [], False
    for path in folder.glob("*.json"):
        note = _read(path)
        answer = _ask(note.answer_port) if note else None
        if note and answer == note.answer:
            found.append(Found(note.world, path))
        elif answer is not None:
            is_dead = True
    if is_dead and not found:
        shutil.rmtree(folder, ignore_errors=True)
    return found


def _is_private(folder: Path) -> bool:
    """Whether this is a folder that belongs to this user, and that no other may enter; Windows sees to that itself."""
    told = folder.lstat()
    if not stat.S_ISDIR(told.st_mode):
        return False
    return not hasattr(os, "geteuid") or (told.st_uid == os.geteuid() and not told.st_mode & 0o077)


def _read(path: Path) -> _Note | None:
    """A note; None where it has just gone, or is of another version of drycloud."""
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(_LARGEST), type=_Note)
    except (OSError, msgspec.DecodeError):
        return None


def _ask(port: int) -> str | None:
    """What answers at a port; '' where nobody listens, None where somebody listens and says nothing."""
    try:
        with socket.create_connection(("127.0.0.1", port), _PATIENCE) as line:
            return line.recv(64).decode("ascii", "replace")
    except TimeoutError:
        return None
    except OSError:
        return ""
