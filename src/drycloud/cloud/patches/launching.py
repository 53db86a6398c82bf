"""Patches of moto's instances and images: what a launch gives them, and what they keep."""

from functools import cache, wraps
from typing import Any


@cache
def patch_launching() -> None:
    """Patch moto, once in a process."""
    _tell_the_groups_of_the_first_interface()


def _tell_the_groups_of_the_first_interface() -> None:
    """An instance's groups are those of its first interface; moto's has but those that the launch named (56).

    No rule can do it: an interface that is given no group gets the default one, and requests for Spot instances and
    launch templates launch too.
    """
    from moto.ec2.models.instances import Instance

    plain = Instance.__init__

    @wraps(plain)
    def initialise(self: Any, *words: Any, **more: Any) -> None:
        plain(self, *words, **more)
        if not self.security_groups and 0 in self.nics:
            self.security_groups = list(self.nics[0]._group_set)

    Instance.__init__ = initialise
