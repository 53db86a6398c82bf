"""Launching, stopping, starting and ending instances; key pairs, images, tags, Spot requests, regions."""

from drycloud.cloud.ask import Ask, AwsError
from drycloud.cloud.rules.registry import before


@before("ec2", "StartInstances")
def what_is_terminated_cannot_start(ask: Ask) -> None:
    """moto starts it again (36)."""
    for instance in _instances(ask):
        if instance._state.target == "terminated":
            words = f"The instance '{instance.id}' is not in a state from which it can be started."
            raise AwsError("IncorrectInstanceState", words)


def _instances(ask: Ask) -> list:  # type: ignore[type-arg]  # moto's own, which have no types
    """moto's instances that the request names, in order; those that do not exist are left to moto."""
    known = {i.id: i for r in ask.ec2.reservations.values() for i in r.instances}
    return [known[id] for id in ask.values("InstanceId") if id in known]
