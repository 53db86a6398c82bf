"""Endpoints for the table, each in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fidelity.table import Lab

SERVE = Path(__file__).with_name("serve.py")


@contextmanager
def served(which: str) -> Iterator[Lab]:
    """A desk at `stock` moto, or at `ours`."""
    process = subprocess.Popen(
        [sys.executable, str(SERVE), which], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield Lab(int(process.stdout.readline()))
    finally:
        process.communicate()
