"""What one run of untrusted code may use."""

from typing import Annotated

from msgspec import Meta

from drycloud.report import Frozen


class Limits(Frozen, frozen=True):
    """The limits of one run, for all processes together unless stated otherwise; the names contain the units."""

    wall_seconds: Annotated[float, Meta(gt=0, description="Seconds until a run is stopped, by the clock.")] = 180
    wait_seconds: Annotated[
        float, Meta(gt=0, description="Seconds that a run may sleep; each takes a hundredth of a second by the clock.")
    ] = 1800
    cpu_seconds: Annotated[int, Meta(ge=1, description="Seconds of processor time, of each process.")] = 30
    memory_mib: Annotated[int, Meta(ge=128, description="MiB of memory.")] = 1024
    processes: Annotated[int, Meta(ge=8, description="Processes and threads at once.")] = 256
    files: Annotated[int, Meta(ge=1, description="Files of the working directory that checks see.")] = 2000
    disk_mib: Annotated[int, Meta(ge=1, description="MiB of those files, in sum.")] = 64
    output_kib: Annotated[int, Meta(ge=1, description="KiB of what is printed that are kept.")] = 256
    requests: Annotated[int, Meta(ge=1, description="Calls to the cloud.")] = 20_000
    request_mib: Annotated[int, Meta(ge=1, description="MiB of one call to the cloud.")] = 16
    sent_mib: Annotated[int, Meta(ge=1, description="MiB of all calls, with what they copy in the cloud.")] = 256
    cloud_seconds: Annotated[
        float, Meta(gt=0, description="Seconds of processor time that all calls may cost the simulated cloud.")
    ] = 60
    cloud_mib: Annotated[int, Meta(ge=64, description="MiB of memory that what calls make may take in it.")] = 768
    state_seconds: Annotated[
        float,
        Meta(
            ge=0, description="Seconds that an instance takes to start, stop or end in the cloud; each call takes 0.01."
        ),
    ] = 1.0
