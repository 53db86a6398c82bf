"""Changes that we make to other libraries while a process runs, each with the evidence that it is still needed.

The tables are in `cloud/upstream.py` (moto and botocore), and in `patches.py` and `quicker.py` of `classroom/adapter`
(nbgrader). The program that starts a process applies them; no import does.
"""

import sys
from collections.abc import Callable, Iterable
from typing import NamedTuple

_applied: set[Callable[[], None]] = set()


class Patch(NamedTuple):
    """One change of one library.

    It can go when the library no longer does what `reason` says (a sentence). `version` is that in which it was last
    seen to do so. What shows it are the `rows` of tests/fidelity by their numbers, or else the test `shown_by`, called
    as pytest calls it, without a folder. Where the patch `only_saves_time`, that test holds that nothing else changes.
    A patch of a `module` waits until that is loaded.
    """

    change: Callable[[], None]
    reason: str
    version: str
    module: str = ""
    rows: tuple[int, ...] = ()
    shown_by: str = ""
    only_saves_time: bool = False


def apply(patches: Iterable[Patch]) -> None:
    """Apply, in their order, those that this process can apply and has not applied yet."""
    for patch in patches:
        if patch.change not in _applied and (not patch.module or patch.module in sys.modules):
            patch.change()
            _applied.add(patch.change)
