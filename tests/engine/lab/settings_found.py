"""Every environment variable that botocore, the AWS CLI and boto3 name in their source."""

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("botocore", "awscli", "boto3", "s3transfer")
_NAME = re.compile(r"_?[A-Z][A-Z0-9]*(_+[A-Z0-9]+)*")
_THEIRS = re.compile(r"_?(AWS|BOTO|BOTOCORE|X_AMZN)_[A-Z0-9_]+")


def settings_found() -> dict[str, str]:
    """Each name, and a file in which it stands."""
    found: dict[str, str] = {}
    for package in PACKAGES:
        folder = Path(str(find_spec(package).origin)).parent
        for path in folder.rglob("*.py"):
            for name in _names(ast.parse(path.read_bytes())):
                found.setdefault(name, str(path.relative_to(folder.parent)))
    return found


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _THEIRS.fullmatch(node.value):
            yield node.value
        if is_environ(node):
            yield from (
                part.value
                for part in ast.walk(node)
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and _NAME.fullmatch(part.value)
            )


def is_environ(node: ast.AST) -> bool:
    """Whether this is `environ[…]`, `environ.get(…)`, `getenv(…)`, or `… in environ`."""
    if isinstance(node, ast.Subscript):
        return _is_called(node.value)
    if isinstance(node, ast.Compare):
        return any(map(_is_called, node.comparators))
    if isinstance(node, ast.Call):
        inner = node.func.value if isinstance(node.func, ast.Attribute) else None
        return ast.unparse(node.func).endswith("getenv") or (inner is not None and _is_called(inner))
    return False


def _is_called(node: ast.AST) -> bool:
    return ast.unparse(node).rpartition(".")[2].strip("_") in ("environ", "env")
