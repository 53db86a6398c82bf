"""The files of the local cloud's one profile, `default`: they are read in the place of those of anybody's account."""

from pathlib import Path

FOLDER = Path(__file__).with_name("data") / "profile"
FILES = (FOLDER / "config", FOLDER / "credentials")
