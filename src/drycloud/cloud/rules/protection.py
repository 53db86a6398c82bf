"""Termination, and protection against it."""

from typing import Any

from drycloud.cloud.ask import Ask, AwsError
from drycloud.cloud.rules.registry import Answer, after, before, edited, respond_within
from drycloud.cloud.rules.tokens import reservation_of


@after("ec2", "RunInstances")
def protection_holds_from_the_launch(ask: Ask, answer: Answer) -> None:
    """moto does not read DisableApiTermination at a launch (31)."""
    if ask.flag("DisableApiTermination"):
        for instance in reservation_of(ask, answer).instances:
            instance.disable_api_termination = True


@before("ec2", "TerminateInstances")
def instances_to_terminate_exist(ask: Ask) -> None:
    """A dry run of moto's does not look (29, 34)."""
    known = _instances(ask)
    missing = [id for id in ask.values("InstanceId") if id not in known]
    if len(missing) > 1:
        raise AwsError("InvalidInstanceID.NotFound", f"The instance IDs '{', '.join(missing)}' do not exist")
    if missing:
        raise AwsError("InvalidInstanceID.NotFound", f"The instance ID '{missing[0]}' does not exist")


@before("ec2", "TerminateInstances")
def protected_instances_save_those_of_their_zone(ask: Ask) -> None:
    """One that is protected fails the request: only those of other zones end; moto ends those before it (32, 33)."""
    known = _instances(ask)
    named = [known[id] for id in dict.fromkeys(ask.values("InstanceId"))]
    protected = [i for i in named if str(i.disable_api_termination).lower() == "true" and _lives(i)]
    if not protected:
        return
    zones = {i.availability_zone for i in protected}
    others = [i.id for i in named if i.availability_zone not in zones]
    if others and not ask.flag("DryRun"):
        respond_within(ask, "TerminateInstances", {f"InstanceId.{n}": id for n, id in enumerate(others, 1)})
    words = f"The instance '{protected[0].id}' may not be terminated. "
    words += "Modify its 'disableApiTermination' instance attribute and try again."
    raise AwsError("OperationNotPermitted", words)


def _lives(instance: Any) -> bool:
    return bool(instance._state.name not in ("shutting-down", "terminated"))


def _instances(ask: Ask) -> dict[str, Any]:
    return {i.id: i for r in ask.ec2.reservations.values() for i in r.instances}


@after("ec2", "TerminateInstances")
def terminated_instances_stay_so(ask: Ask, answer: Answer) -> Answer:
    """moto says that they are shutting down again (35)."""
    del ask
    before_and_now = r"(<currentState>\s*<code>)32(</code>\s*<name>)shutting-down(</name>)"

    def told(item: Any) -> str:
        text: str = item[0]
        if "<name>terminated</name>" not in text:
            return text
        return edited(("", [], text.encode()), before_and_now, r"\g<1>48\g<2>terminated\3")[2].decode()

    return edited(answer, r"<item>.*?</item>", told)
