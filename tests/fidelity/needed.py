"""Whether each rule and each patch of moto is needed: `python tests/fidelity/needed.py [NAME…]`, which takes minutes.

One at a time is taken out, and the rows that it names are asked until one is no longer as on AWS. Those are told
without which all of them are as before: after a change of rules, or with a newer moto, these can go.
"""

import ast
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.extend(str(Path(__file__).resolve().parents[1] / name) for name in ("", "helpers"))

from drycloud.cloud import upstream, warm
from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.meter import Bounds
from drycloud.cloud.http.serve import Endpoint
from drycloud.cloud.rules import registry
from drycloud.patching import Patch
from fidelity.named_rows import RULES, named
from fidelity.rows import ROWS
from fidelity.table import Lab, Row, outcome
from fidelity.waits import quick_waiters, stand_still


def _name(patch: Patch) -> str:
    change = getattr(patch.change, "func", patch.change)
    return f"{change.__module__.rpartition('.')[2]}.{change.__name__}"


PATCHES = {_name(patch): set(patch.rows) for patch in upstream.MOTO}
SERVICES = ["ec2", "s3", "sts"]
SECONDS = 60  # a row that takes longer waits for what does not come any more


def main(wanted: list[str]) -> int:
    """Try those whose names hold a wanted text, or all; 1 when one is not needed."""
    logging.getLogger("drycloud.cloud").setLevel(logging.CRITICAL)
    needless = [*_tried(PATCHES, wanted, _without_patch)]
    warm.warm_up(SERVICES)
    rules = {name: named(ast.get_docstring(node) or "") for name, node in RULES.items()}
    needless += _tried(rules, wanted, _without_rule)
    print(f"{len(needless)} are not needed by the rows that they name.")
    return int(bool(needless))


def _tried(known: dict[str, set[int]], wanted: list[str], without: Callable[[str], None]) -> Iterator[str]:
    for name, numbers in known.items():
        if not numbers or (wanted and not any(text in name for text in wanted)):
            continue
        child = os.fork()
        if child == 0:
            _try(name, [row for row in ROWS if row.number in numbers and row.service != "cli"], without)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            yield name


def _try(name: str, rows: list[Row], without: Callable[[str], None]) -> None:
    """In a process of its own: take it out, and tell the first row that misses it."""
    try:
        without(name)
    except Exception as error:  # another patch builds on this one
        print(f"{name}: nothing starts without it ({type(error).__name__})", flush=True)
        os._exit(0)
    stand_still()
    listener = socket.create_server(("127.0.0.1", 0))
    with quick_waiters(), Endpoint(Cloud(SERVICES, Bounds(10**6)), listener):
        lab = Lab(listener.getsockname()[1])
        missed = next((row for row in rows if not _is_as_on_aws(row, lab)), None)
    print(f"{name}: {f'({missed.number}) {missed.what}' if missed else 'NOT NEEDED'}", flush=True)
    os._exit(int(missed is None))


def _is_as_on_aws(row: Row, lab: Lab) -> bool:
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(SECONDS)
    try:
        return bool(outcome(row, lab) == row.aws)
    except Exception:  # an answer that the row cannot read
        return False
    finally:
        signal.alarm(0)


def _give_up(*_: Any) -> None:
    raise TimeoutError


def _without_patch(name: str) -> None:
    upstream.MOTO = tuple(patch for patch in upstream.MOTO if _name(patch) != name)
    warm.warm_up(SERVICES)


def _without_rule(name: str) -> None:
    for rules in (*registry._BEFORE.values(), *registry._AFTER.values()):
        rules[:] = [rule for rule in rules if not f"{rule.__module__}.{rule.__name__}".endswith(name.replace("/", "."))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
