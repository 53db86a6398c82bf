"""The rules and the patches of moto, read from the source, and the rows that they name."""

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


def is_patch(function: ast.FunctionDef) -> bool:
    """Whether it sets something of what it imports from moto."""
    inside = list(ast.walk(function))
    imports = [node for node in inside if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("moto")]
    of_moto = {alias.asname or alias.name for node in imports for alias in node.names}
    return any(_root(target) in of_moto for node in inside for target in _set_by(node))


def _set_by(node: ast.AST) -> Iterator[ast.expr]:
    """Attributes and items that a statement sets, and the object of a call of setattr."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            parts = target.elts if isinstance(target, ast.Tuple) else [target]
            yield from (part for part in parts if isinstance(part, ast.Attribute | ast.Subscript))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr":
        yield node.args[0]


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Those of the cloud's modules, by module."""
    for path in sorted(CLOUD.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                yield path.relative_to(CLOUD).with_suffix("").as_posix(), node


RULES = {f"{module}.{node.name}": node for module, node in functions() if is_rule(node)}
PATCHES = {f"{module}.{node.name}": node for module, node in functions() if is_patch(node)}
