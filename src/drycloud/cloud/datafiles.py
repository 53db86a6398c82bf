"""botocore's data files, read once in a process, and fast: every session, moto's own too, asks for the same ones.

botocore reads them with the standard library's JSON, for each session anew; EC2's model alone takes 0.15 s. This module
stands alone: the sandbox runs its text too.
"""

from typing import Any

import botocore.loaders
import msgspec

_READ: dict[str, Any] = {}


def _load_file(_self: Any, path: str, open_file: Any) -> Any:
    if path not in _READ:
        try:
            with open_file(path, "rb") as file:
                _READ[path] = msgspec.json.decode(file.read())
        except FileNotFoundError:
            return None
    return _READ[path]


def read_fast() -> None:
    """Make botocore read its data files this way."""
    botocore.loaders.JSONFileLoader._load_file = _load_file
