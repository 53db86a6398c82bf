"""The rules, read from the source, and the rows that they name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import drycloud.cloud

CLOUD = Path(drycloud.cloud.__file__).parent
_NUMBERS = re.compile(r"\((\d+(?:(?:, | to | and )\d+)*)\)")


def named(text: str) -> set[int]:
    """The numbers that stand in brackets: (36), (76, 77), (9 to 12, 29)."""
    found: set[int] = set()
    for group in _NUMBERS.findall(text):
        for part in re.split(", | and ", group):
            first, _, last = part.partition(" to ")
            found.update(range(int(first), int(last or first) + 1))
    return found


def is_rule(function: ast.FunctionDef) -> bool:
    """Whether it is registered."""
    calls = [d.func for d in function.decorator_list if isinstance(d, ast.Call)]
    return any(isinstance(call, ast.Name) and call.id in ("before", "after") for call in calls)


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Those of the cloud's modules, by module."""
    for path in sorted(CLOUD.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                yield path.relative_to(CLOUD).with_suffix("").as_posix(), node


RULES = {f"{module}.{node.name}": node for module, node in functions() if is_rule(node)}
