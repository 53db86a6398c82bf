"""botocore's data files, read fast: every session, moto's own too, asks for the same ones.

botocore reads them with the standard library's JSON, which takes 0.15 s for EC2's model alone. This module stands
alone: the sandbox runs its text too.
"""

from typing import Any

import botocore.loaders
import msgspec

_TEXTS: dict[str, bytes] = {}
_PARSED: dict[str, Any] = {}


def read_fast(*, shared: bool = False) -> None:
    """Make botocore read each of its data files once.

    `shared` lets sessions share what was parsed, too. botocore changes S3's model when it makes a client, so that is
    for a process in which nobody but clients reads models.
    """

    def load(_self: Any, path: str, open_file: Any) -> Any:
        if shared and path in _PARSED:
            return _PARSED[path]
        if path not in _TEXTS:
            try:
                with open_file(path, "rb") as file:
                    _TEXTS[path] = file.read()
            except FileNotFoundError:
                return None
        parsed = msgspec.json.decode(_TEXTS[path])
        if shared:
            _PARSED[path] = parsed
            del _TEXTS[path]
        return parsed

    botocore.loaders.JSONFileLoader._load_file = load
