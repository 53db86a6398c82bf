"""Every pinned distribution runs on the oldest Python that the project names."""

from importlib.metadata import metadata

import pytest
from packaging.specifiers import SpecifierSet
from repository import ROOT

OLDEST = "3.11.2"  # Debian 12's; pyproject.toml says >=3.11
PINNED = [line.partition("==")[0] for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line]


@pytest.mark.parametrize("name", PINNED)
def test_it_runs_on_the_oldest_python(name: str) -> None:
    """A pin that needs a newer patch of Python cannot be installed, and `make demo` ends there."""
    wanted = SpecifierSet(metadata(name)["Requires-Python"] or "")
    assert OLDEST in wanted, f"{name} requires Python {wanted}"
