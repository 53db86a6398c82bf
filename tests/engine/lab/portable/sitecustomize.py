"""Makes this Python as poor as that of Windows, as far as can be done: first on PYTHONPATH, it runs at each start."""

import sys
from importlib import import_module

from lacking import KEPT, MODULES, NAMES

# The standard library chooses what it uses when it is loaded; on Windows these choose otherwise.
for _name in ("asyncio", "getpass", "multiprocessing", "selectors", "shutil", "socketserver", "subprocess", "tempfile"):
    import_module(_name)
for _name in MODULES:
    if _name not in KEPT:
        sys.modules[_name] = None  # type: ignore[assignment]
for _module, _names in NAMES.items():
    for _name in _names.split():
        if _name not in KEPT and hasattr(import_module(_module), _name):
            delattr(import_module(_module), _name)
