"""Each rule names the rows that it is there for, as patches of moto do in their tables (cloud/upstream.py).

On one of them at least stock moto is not as AWS. When a newer moto is, that row's test fails, and its number leads to
what can go.
"""

import ast
import re

import pytest

from fidelity.named_rows import RULES, named
from fidelity.rows import ROWS

_NONE = re.compile(r"No row: \w")


@pytest.mark.parametrize("name", RULES)
def test_it_names_a_row_that_stock_moto_fails(name: str) -> None:
    """The rows that it names exist, and stock moto fails one; or it says why it has none."""
    text = ast.get_docstring(RULES[name]) or ""
    if _NONE.search(text):
        assert not named(text)
        return
    known = {row.number for row in ROWS}
    assert named(text), "it names no row of tests/fidelity, and does not say why ('No row: …')"
    assert named(text) <= known, f"no row has the number {min(named(text) - known)}"
    failed = {row.number for row in ROWS if row.stock != row.aws}
    assert named(text) & failed, "stock moto is as AWS in all the rows that it names: can it go?"


def test_all_are_found() -> None:
    """The rules are those of the registry."""
    from drycloud.cloud.rules import registry

    registered = {rule for rules in (*registry._BEFORE.values(), *registry._AFTER.values()) for rule in rules}
    assert {
        f"{rule.__module__.removeprefix('drycloud.cloud.').replace('.', '/')}.{rule.__name__}" for rule in registered
    } == set(RULES)


def test_numbers_are_read() -> None:
    """A list and a range are read; what else stands in brackets is not."""
    assert named("moto does (36). Not (as AWS), (9 to 11, 29) and (76 and 77), (RFC 5737).") == {
        36,
        9,
        10,
        11,
        29,
        76,
        77,
    }
