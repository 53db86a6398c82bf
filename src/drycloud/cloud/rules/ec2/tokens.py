"""Client tokens: a repeated launch is made once."""

from typing import Any, NamedTuple

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.registry import Answer, after, before, edited, respond_within

_KEPT = "drycloud_launches"  # on moto's backend, which a new account replaces


class _Launch(NamedTuple):
    arguments: dict[str, str]
    reservation: Any = None


def _launches(request: AwsRequest) -> dict[str, _Launch]:
    found: dict[str, _Launch] = vars(request.ec2).setdefault(_KEPT, {})
    return found


@before("ec2", "RunInstances")
def same_token_is_the_same_launch(request: AwsRequest) -> Answer | None:
    """The second request with a token returns the first one's instances; moto launches again (26, 27)."""
    token = request.value("ClientToken")
    if not token or request.flag("DryRun"):
        return None
    known = _launches(request).get(token)
    if known is None or known.reservation is None:
        _launches(request)[token] = _Launch(dict(request.form))
        return None
    if known.arguments != request.form:
        words = "The client token was used before, with other arguments."
        raise AwsError("IdempotentParameterMismatch", words)
    instances = known.reservation.instances
    if all(i._state.name == "terminated" for i in instances):
        words = f"The client token was used before, for an instance that is terminated ({instances[0].id})."
        raise AwsError("IdempotentInstanceTerminated", words)
    return _told_again(request, [i.id for i in instances])


def _told_again(request: AwsRequest, ids: list[str]) -> Answer:
    """The answer to RunInstances as the instances are now."""
    look = respond_within(request, "DescribeInstances", {f"InstanceId.{n}": id for n, id in enumerate(ids, 1)})
    answer = edited(look, r"<reservationSet>\s*<item>(.*)</item>\s*</reservationSet>", r"\1")
    return edited(answer, "DescribeInstancesResponse", "RunInstancesResponse")


@after("ec2", "RunInstances")
def token_is_stored_with_its_launch(request: AwsRequest, answer: Answer) -> None:
    """For the next request with the token (26, 27)."""
    token = request.value("ClientToken")
    if token and token in _launches(request):
        made = reservation_of(request, answer)
        _launches(request)[token] = _launches(request)[token]._replace(reservation=made)


def reservation_of(request: AwsRequest, answer: Answer) -> Any:
    """moto's reservation in an answer to RunInstances."""
    id = answer[2].partition(b"<reservationId>")[2].partition(b"<")[0].decode()
    return request.ec2.reservations[id]
