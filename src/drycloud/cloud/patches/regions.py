"""A patch of moto's regions: each remembers what it came with, which is not the work of who looks there first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from drycloud.cloud.moto import engine


def remember_what_regions_came_with(read: Callable[[str, Any], list[Any]]) -> None:
    """Patch moto; `read` lists what a region, which it is given with its backend, holds."""
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
