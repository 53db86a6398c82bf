"""Which texts have not changed since a teacher marked them: their marks need no second look."""

import hashlib
from pathlib import Path

import msgspec

Digests = dict[str, str]


def digests_of(answers: dict[str, str]) -> Digests:
    """A short digest of each answer."""
    return {name: hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() for name, text in answers.items()}


def unchanged(path: Path, answers: Digests) -> set[str]:
    """The names of the answers that match the digests in this file; none if it has none."""
    noted = noted_in(path)
    return {name for name, digest in answers.items() if noted.get(name) == digest}


def noted_in(path: Path) -> Digests:
    """The digests in this file; empty if it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Digests)
    except (OSError, msgspec.DecodeError):
        return {}


def note(path: Path, answers: Digests) -> None:
    """Write the digests of the answers to this file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(answers))
