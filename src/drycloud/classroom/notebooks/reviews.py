"""Which texts are as they were when they were noted: a mark by hand that was given for one needs no second look."""

import hashlib
from pathlib import Path

import msgspec

Digests = dict[str, str]


def digests_of(answers: dict[str, str]) -> Digests:
    """A short word for each answer, which is another one for another text."""
    return {name: hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() for name, text in answers.items()}


def unchanged(path: Path, answers: Digests) -> set[str]:
    """The names of the answers that are as noted in this file; none where nothing is noted."""
    noted = noted_in(path)
    return {name for name, digest in answers.items() if noted.get(name) == digest}


def noted_in(path: Path) -> Digests:
    """What is noted in this file; nothing where it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Digests)
    except (OSError, msgspec.DecodeError):
        return {}


def note(path: Path, answers: Digests) -> None:
    """Note what the answers are now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(answers))
