"""Client tokens: a repeated launch is made once."""

from typing import Any, NamedTuple

from drycloud.cloud.request.ask import Ask, AwsError
from drycloud.cloud.rules.registry import Answer, after, before, edited, respond_within

_KEPT = "drycloud_launches"  # on moto's backend, which a new account replaces


class _Launch(NamedTuple):
    arguments: dict[str, str]
    reservation: Any = None


def _launches(ask: Ask) -> dict[str, _Launch]:
    found: dict[str, _Launch] = vars(ask.ec2).setdefault(_KEPT, {})
    return found


@before("ec2", "RunInstances")
def same_token_is_the_same_launch(ask: Ask) -> Answer | None:
    """The second request with a token returns the first one's instances; moto launches again (26, 27)."""
    token = ask.value("ClientToken")
    if not token or ask.flag("DryRun"):
        return None
    known = _launches(ask).get(token)
    if known is None or known.reservation is None:
        _launches(ask)[token] = _Launch(dict(ask.form))
        return None
    if known.arguments != ask.form:
        words = "The client token was used before, with other arguments."
        raise AwsError("IdempotentParameterMismatch", words)
    instances = known.reservation.instances
    if all(i._state.name == "terminated" for i in instances):
        words = f"The client token was used before, for an instance that is terminated ({instances[0].id})."
        raise AwsError("IdempotentInstanceTerminated", words)
    return _told_again(ask, [i.id for i in instances])


def _told_again(ask: Ask, ids: list[str]) -> Answer:
    """The answer to RunInstances as the instances are now."""
    look = respond_within(ask, "DescribeInstances", {f"InstanceId.{n}": id for n, id in enumerate(ids, 1)})
    answer = edited(look, r"<reservationSet>\s*<item>(.*)</item>\s*</reservationSet>", r"\1")
    return edited(answer, "DescribeInstancesResponse", "RunInstancesResponse")


@after("ec2", "RunInstances")
def token_is_kept_with_its_launch(ask: Ask, answer: Answer) -> None:
    """For the next request with the token (26, 27)."""
    token = ask.value("ClientToken")
    if token and token in _launches(ask):
        made = reservation_of(ask, answer)
        _launches(ask)[token] = _launches(ask)[token]._replace(reservation=made)


def reservation_of(ask: Ask, answer: Answer) -> Any:
    """moto's reservation in an answer to RunInstances."""
    id = answer[2].partition(b"<reservationId>")[2].partition(b"<")[0].decode()
    return ask.ec2.reservations[id]
