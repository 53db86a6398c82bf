"""What one run of untrusted code may use."""

from typing import Annotated

from msgspec import Meta

from drycloud.report import Frozen

Positive = Annotated[float, Meta(gt=0)]
Count = Annotated[int, Meta(ge=1)]


class Limits(Frozen, frozen=True):
    """The limits of one run, all processes together where nothing else is said; units stand in the names.

    `cpu_seconds` holds per process; `files` and `disk_mib` bound what is read back of the working directory;
    `requests`, `request_mib` (of one) and `sent_mib` (of all, with what they copy) bound the calls to the cloud, and
    `state_seconds` is how long an instance takes to start, stop or end in it.
    """

    wall_seconds: Positive = 60
    cpu_seconds: Count = 30
    memory_mib: Annotated[int, Meta(ge=128)] = 1024
    processes: Annotated[int, Meta(ge=8)] = 64
    files: Count = 2000
    disk_mib: Count = 64
    output_kib: Count = 256
    requests: Count = 20_000
    request_mib: Count = 16
    sent_mib: Count = 256
    state_seconds: Annotated[float, Meta(ge=0)] = 1.0
