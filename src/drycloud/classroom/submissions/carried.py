"""What nbgrader needs besides a submission's notebooks: its time of arrival, and the secret for its feedback.

A student may have written both files, so each is read as data, bounded, without following a link, and rewritten.
nbgrader names a feedback page in the exchange after the digest of secret and step; all secrets that it makes have one
length, so two different pairs of a secret and a step cannot give the same text.
"""

import re
from datetime import datetime
from pathlib import Path

from drycloud.classroom.submissions.intake import unlinked
from drycloud.errors import SubmissionError
from drycloud.notebook.files import opened

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
MAX_TIMESTAMP = 100
_SECRET = re.compile(r"[0-9a-f]{128}")  # secrets.token_hex(64)


def carry(source: Path, target: Path) -> None:
    """Copy the valid ones of the two files of the submission in `source` into `target`; raises OSError."""
    for name, text in ((TIMESTAMP, arrival_in(source)), (SECRET, secret_in(source))):
        if text is not None:
            target.mkdir(parents=True, exist_ok=True)
            (target / name).write_text(text, encoding="ascii")


def arrival_in(folder: Path) -> str | None:
    """The time of arrival, as text; None if nbgrader could not read it."""
    from nbgrader.utils import parse_utc

    text = (_text(folder / TIMESTAMP, MAX_TIMESTAMP) or "").strip()
    try:
        if text:
            parse_utc(text)
    except (ValueError, OverflowError):
        return None
    return text or None


def secret_in(folder: Path) -> str | None:
    """The secret that nbgrader's submit made; None if there is none, or the text is invalid."""
    text = _text(folder / SECRET, 2 * 128)
    return text if text and _SECRET.fullmatch(text) else None


def arrived(folder: Path) -> datetime | None:
    """The time of arrival of the submission in `folder`; None where there is none that nbgrader could read."""
    from nbgrader.utils import parse_utc

    text = arrival_in(folder)
    found: datetime | None = parse_utc(text) if text else None
    return found


def _text(path: Path, most: int) -> str | None:
    """The file's text, at most `most` bytes of it; None if it is missing or a link."""
    if unlinked(path).is_symlink():
        return None
    try:
        with opened(path) as file:
            return file.read(most).decode("ascii")
    except (SubmissionError, OSError, UnicodeDecodeError):
        return None
