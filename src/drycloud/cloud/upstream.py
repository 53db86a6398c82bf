"""All that this process changes of moto and botocore, in the order in which it is changed.

The program that starts a process with a cloud calls `apply`. No import does, and a student's own process has moto as
it is.
"""

from collections.abc import Callable
from functools import partial

from drycloud import patching
from drycloud.cloud.account.models import read_ec2
from drycloud.cloud.patches import (
    buckets,
    constants,
    ending,
    filters,
    launching,
    missing_fields,
    networking,
    quick_botocore,
    quicker,
    regions,
    requests,
    transitions,
    versions,
    volumes,
)
from drycloud.patching import Patch

_REGIONS = Patch(
    partial(regions.remember_what_regions_came_with, read_ec2),
    "moto makes a region's network when it is first used, and does not tell it from what somebody made there.",
    "5.2.5",
    shown_by="test_stock_moto.py::test_the_fault_is_there[regions]",
)
# Later ones wrap what earlier ones set: `ending` hides groups of `launching`, `missing_fields` comes after all others.
MOTO = (
    *quicker.PATCHES,
    *launching.PATCHES,
    *ending.PATCHES,
    *filters.PATCHES,
    *networking.PATCHES,
    _REGIONS,
    *buckets.PATCHES,
    *versions.PATCHES,
    *volumes.PATCHES,
    *transitions.PATCHES,
    *constants.PATCHES,
    *missing_fields.PATCHES,
    *requests.PATCHES,
)


def _quicker(change: Callable[[], None], reason: str, version: str, test: str) -> Patch:
    return Patch(change, reason, version, shown_by=test, only_saves_time=True)


_CLIENTS = "test_quick_botocore.py::test_the_same_clients"
BOTOCORE = (
    _quicker(
        quick_botocore.read_models_once,
        "botocore reads its data files for each session, with the standard library's JSON: 0.15 s for EC2's model.",
        "1.44.5",
        _CLIENTS,
    ),
    _quicker(
        quick_botocore.list_services_once,
        "botocore looks into 400 folders of models up to three times for one command of the AWS CLI.",
        "1.44.5",
        _CLIENTS,
    ),
    _quicker(
        quick_botocore.name_events_once,
        "botocore looks for the alias of an event each time that the event is emitted.",
        "1.44.5",
        _CLIENTS,
    ),
    _quicker(
        quick_botocore.look_at_the_code_of_handlers,
        "botocore reads the whole signature of each of 400 handlers to see whether it takes any keyword.",
        "1.44.5",
        "test_quick_botocore.py::test_it_is_seen_which_handlers_take_any_keyword",
    ),
    _quicker(
        quick_botocore.make_methods_once,
        "botocore makes 800 methods anew for each client of EC2's.",
        "1.44.5",
        _CLIENTS,
    ),
    _quicker(
        quick_botocore.upload_at_once,
        "A client asks whether it may send what it uploads, and reads the answer letter by letter: 25 system calls.",
        "1.44.5",
        "test_quick_botocore.py::test_an_upload_does_not_ask_for_leave",
    ),
)


def apply() -> None:
    """Change moto and botocore, once in a process."""
    patching.apply((*BOTOCORE, *MOTO))
