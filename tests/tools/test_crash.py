"""A process of a class run is killed: the marks are those of an undisturbed run, and nothing is left over."""

import contextlib
from pathlib import Path

import crash
import pytest
import small_class

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of six."""
    made = tmp_path_factory.mktemp("class")
    small_class.write_class(made, 6)
    return made


@pytest.fixture(scope="module")
def wanted(folder: Path) -> crash.Outcome:
    """What an undisturbed run comes to."""
    return crash.undisturbed(folder)


@pytest.mark.parametrize("kind", crash.KINDS)
def test_a_killed_process_changes_no_mark(folder: Path, wanted: crash.Outcome, kind: str) -> None:
    """Whichever it is, once it is there: the next run comes to the same; no process, file, group or mount stays."""

    def until_it_works(process: object) -> None:
        """Wait for the first result, when processes of every kind are at work."""
        del process
        with contextlib.suppress(OSError):
            while not list((folder / "build/results").rglob("*.json")):
                pass

    # Again while all has been graded before one was found: a student's process lives for some 30 ms.
    assert any(crash.disturbed(folder, kind, until_it_works) for _ in range(20))
    assert crash.undisturbed(folder) == wanted
    assert crash.left_over(folder) == []
