"""The files of the local cloud's only profile, `default`, which replace the files of the user's own account."""

from pathlib import Path

FOLDER = Path(__file__).with_name("data") / "profile"
FILES = (FOLDER / "config", FOLDER / "credentials")
