"""Folders that are held while a process lives, beside another run that sweeps at any moment."""

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from drycloud.grading import leftovers


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files of this test lie."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("moment", ["before it is opened", "before it is locked"])
def test_a_folder_that_is_swept_before_it_is_held_is_made_again(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """It is there, empty and held, whenever the other run sweeps."""
    real, swept = os.open, []

    def opened(path: Any, *words: Any, **named: Any) -> int:
        is_first = not swept
        swept.append(path)
        if is_first and moment == "before it is opened":
            leftovers.sweep_folders()
        fd = real(path, *words, **named)
        if is_first and moment == "before it is locked":
            leftovers.sweep_folders()
        return fd

    monkeypatch.setattr(leftovers.os, "open", opened)
    with leftovers.locked_folder() as folder:
        leftovers.sweep_folders()
        assert list(temporary.iterdir()) == [folder]
        assert not list(folder.iterdir())
    assert not list(temporary.iterdir())


def test_what_nobody_holds_is_swept(temporary: Path) -> None:
    """A killed process's folder, with all that is in it."""
    with leftovers.locked_folder() as folder:
        left = folder.with_name(f"{folder.name}-of-a-dead-one")
        (left / "deep").mkdir(parents=True)
        leftovers.sweep_folders()
        assert not left.exists()
        assert folder.exists()
