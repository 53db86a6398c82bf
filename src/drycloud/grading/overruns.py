"""The messages for a run that sent, cost or left more than the trusted side may process."""

import re
from collections.abc import Iterator, Mapping

from drycloud.cloud.http.app import Cloud
from drycloud.grading.bounds import LITTLE
from drycloud.grading.evidence import File
from drycloud.sandbox.messages import Outcome

MAX_LISTED_CALLS = 2000  # checks see all of them
LEFT = "Your code overran what grading may take: what it left is too large, or nested too deep, to be looked at."
TIME = "Your code overran what grading may take: to look at what it left takes longer."
CALLS = "Your code overran the simulated AWS: its calls took more memory or processor time than there is for them."
LAST_CALL = "Your code overran the simulated AWS: one of its calls took so long that it was given up."

_LARGE_NUMBER = re.compile(r"[0-9]{6}|[0-9][eE]")  # in JSON


def cut_short(cloud: Cloud) -> Iterator[str]:
    """The messages about calls that were too many, too large, or too much work."""
    meter, bounds = cloud.meter, cloud.meter.bounds
    if meter.requests > bounds.requests:
        yield f"Your code asked AWS more than {bounds.requests} times; what came after that was refused."
    if meter.sent > bounds.sent:
        yield f"Your code sent more than {bounds.sent / 1024**2:g} MiB to AWS; what came after that was refused."
    if meter.seconds > bounds.seconds:
        yield (
            f"Your code overran what its calls to AWS may cost, {bounds.seconds:g} seconds of processor time in all; "
            "what came after that was refused."
        )
    if meter.held > bounds.held:
        yield (
            f"Your code overran the memory that the simulated AWS has for it, {bounds.held / 1024**2:g} MiB; "
            "what came after that was refused."
        )
    if len(cloud.trail) > MAX_LISTED_CALLS:
        yield f"Of its {len(cloud.trail)} calls the first {MAX_LISTED_CALLS} are listed."


def left_by(outcome: Outcome, files_before: Mapping[str, File], cloud: Cloud) -> int:
    """Roughly the number of bytes that a run left: its answers, its own files, and a thousand for each call.

    A large number counts as its value: a check may count up to it.
    """
    before = {name: file.data for name, file in files_before.items()}
    files = sum(len(file.data) for name, file in outcome.files.items() if before.get(name) != file.data)
    large = LITTLE if _LARGE_NUMBER.search(outcome.answers) else 0
    return len(outcome.answers) + files + LITTLE * len(cloud.trail) + large
