"""Patches of moto's regions: each remembers what it came with, which is not the work of who looks there first."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from drycloud.cloud.moto import engine


@cache
def patch_regions(read: Callable[[str, Any], list[Any]]) -> None:
    """Patch moto, once in a process; `read` lists what a region holds. No row: nothing can be seen from outside."""
    from moto.ec2.models import EC2Backend

    make = EC2Backend.__init__

    @wraps(make)
    def init(self: Any, region_name: str, account_id: str) -> None:
        make(self, region_name, account_id)
        if account_id == engine.ACCOUNT:
            for thing in (*self.vpcs.values(), *(subnet for zone in self.subnets.values() for subnet in zone.values())):
                thing._coming = None  # it has been there since the account was opened
            setattr(self, engine.CAME_WITH, read(region_name, self))

    EC2Backend.__init__ = init
