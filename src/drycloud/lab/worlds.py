"""The clouds that run on this machine for this user: each writes a note, by which `drycloud shell` finds it.

A note is a file in its own folder, which only its owner may enter, and is trusted only there. It is removed
with its cloud. A note of a killed cloud is recognised since nothing, or something else, answers at its port.
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
_PATIENCE = 1.0  # seconds; a cloud on this machine answers in a thousandth of that


class World(Frozen, frozen=True):
    """One running cloud: its address, the notebook and time of its scene, and the given values as variables.

    `notebook` is the path of the notebook or script, or '' if it is not known; `since` counts seconds as time.time.
    """

    process: int
    port: int
    folder: str
    notebook: str = ""
    variables: dict[str, str] = {}
    since: float = 0.0

    @property
    def name(self) -> str:
        """The name for users."""
        return Path(self.notebook).name if self.notebook else f"a notebook in {Path(self.folder).name or self.folder}"


class Found(Frozen, frozen=True):
    """A running world, and its note: when the scene is set again, another note replaces it."""

    world: World
    note: Path


class _Note(Frozen, frozen=True):
    world: World
    answer_port: int
    answer: str


class Registration:
    """The note of this process's cloud, from the first `publish` until `close`, for one scene after another."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._note: Path | None = None
        self._answer = secrets.token_hex(16)
        self._listener: socket.socket | None = None

    def publish(self, world: World) -> None:
        """Write the note of a world, replacing the previous one; raises OSError if it cannot be written."""
        if self._folder is None or self._listener is None:
            running()  # this removes the notes of dead clouds
            self._listener = socket.create_server(("127.0.0.1", 0))
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            threading.Thread(target=self._answer_callers, args=(self._listener,), daemon=True).start()
        note = _Note(world, self._listener.getsockname()[1], self._answer)
        old, self._note = self._note, self._folder / f"{secrets.token_hex(8)}.json"
        partial = self._note.with_suffix(".partial")
        partial.write_bytes(msgspec.json.encode(note))
        partial.replace(self._note)
        if old is not None:
            old.unlink(missing_ok=True)

    def close(self) -> None:
        """Remove the note."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._listener is not None:
            self._listener.close()

    def _answer_callers(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):  # it is closed
            while True:
                caller, _ = listener.accept()
                with contextlib.suppress(OSError), caller:
                    caller.sendall(self._answer.encode())


def running() -> list[Found]:
    """The running worlds, the latest first; notes of others are removed."""
    found = []
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if _is_private(folder):
                found += _alive_in(folder)
    return sorted(found, key=lambda each: each.world.since, reverse=True)


def in_folder(found: list[Found], folder: Path) -> list[Found]:
    """The worlds of the folder, or else of the nearest one above it that has any; in the same order."""
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
    """Whether this folder belongs to this user, and no other user may enter it; Windows ensures that itself."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        return False
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o077)


def _read(path: Path) -> _Note | None:
    """A note; None if it was just removed, or is from another version of drycloud."""
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(_LARGEST), type=_Note)
    except (OSError, msgspec.DecodeError):
        return None


def _ask(port: int) -> str | None:
    """The answer at a port; '' if nothing listens, None if there is no answer."""
    try:
        with socket.create_connection(("127.0.0.1", port), _PATIENCE) as line:
            return line.recv(64).decode("ascii", "replace")
    except TimeoutError:
        return None
    except OSError:
        return ""
