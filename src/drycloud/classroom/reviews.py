"""Which answers are still as they were when they were last graded: their marks by hand need no second look."""

import hashlib
from pathlib import Path

import msgspec

Digests = dict[str, str]


def digests_of(answers: dict[str, str]) -> Digests:
    """A short word for each answer, which is another one for another text."""
    return {name: hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() for name, text in answers.items()}


def unchanged(path: Path, answers: Digests) -> set[str]:
    """The names of the answers that are as noted in this file; none where nothing is noted."""
    try:
        noted = msgspec.json.decode(path.read_bytes(), type=Digests)
    except (OSError, msgspec.DecodeError):
        return set()
    return {name for name, digest in answers.items() if noted.get(name) == digest}


def note(path: Path, answers: Digests) -> None:
    """Note what the answers are now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(answers))
