"""Attributes of instances, changed one at a time, some of them only while the instance is stopped."""

from typing import Any

from drycloud.cloud.patches.constants import PARAVIRTUAL
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.ec2.launching import types
from drycloud.cloud.rules.lookup import existing
from drycloud.cloud.rules.registry import before

_STOPPED = ("InstanceType", "Kernel", "Ramdisk", "UserData", "EbsOptimized", "EnaSupport", "SriovNetSupport")
_ANY_TIME = ("DisableApiTermination", "DisableApiStop", "SourceDestCheck", "InstanceInitiatedShutdownBehavior")
_KNOWN_TO_MOTO = ("InstanceType", "Kernel", "UserData", "EbsOptimized", *_ANY_TIME[:3])


@before("ec2", "ModifyInstanceAttribute")
def attributes_change_one_at_a_time(request: AwsRequest) -> None:
    """moto accepts any attribute name, and reads only the first (254).

    If there is none, it removes all groups (259).
    """
    existing(request, [request.form.get("InstanceId", "")])
    _in_one_form(request)
    named = {name.split(".")[0] for name in request.form} & {*_STOPPED, *_ANY_TIME, "GroupId", "BlockDeviceMapping"}
    if not named:
        raise AwsError("InvalidParameterCombination", "No attributes specified.")
    if len(named) > 1:
        raise AwsError("InvalidParameterCombination", "Fields for multiple attribute types specified")


def _in_one_form(request: AwsRequest) -> None:
    """Attribute=instanceType with Value=… means the same as InstanceType.Value=…."""
    said = request.form.pop("Attribute", None)
    if said is None:
        return
    name = said[:1].upper() + said[1:]
    if name not in (*_STOPPED, *_ANY_TIME):
        raise AwsError("InvalidParameterValue", f"Value ({said}) for parameter attribute is invalid.")
    if "Value" not in request.form:
        raise AwsError("MissingParameter", "The request must contain the parameter value")
    request.form[f"{name}.Value"] = request.form.pop("Value")


@before("ec2", "ModifyInstanceAttribute")
def some_attributes_change_only_when_stopped(request: AwsRequest) -> None:
    """moto changes the type of a running instance (63)."""
    (instance,) = existing(request, [request.form["InstanceId"]])
    if any(f"{name}.Value" in request.form for name in _STOPPED) and instance._state.name != "stopped":
        raise AwsError("IncorrectInstanceState", f"The instance '{instance.id}' is not in the 'stopped' state.")


@before("ec2", "ModifyInstanceAttribute")
def new_type_exists(request: AwsRequest) -> None:
    """The type must also support the instance's image; moto accepts any text (64, 405)."""
    kind = request.value("InstanceType.Value")
    (instance,) = existing(request, [request.form["InstanceId"]])
    if kind is None:
        return
    if kind not in types():
        raise AwsError("InvalidInstanceAttributeValue", f"The instance type '{kind}' does not exist.")
    able: list[Any] = types()[kind]["ProcessorInfo"]["SupportedArchitectures"]
    if PARAVIRTUAL.fullmatch(kind) and instance.virtualization_type == "hvm" and not instance.platform:
        words = f"An instance of the virtualization type 'hvm' does not run on this instance type ({kind})."
        raise AwsError("InvalidParameterCombination", words)
    if instance.architecture not in able:
        words = f"The architecture '{instance.architecture}' of the instance does not match the architecture "
        raise AwsError("InvalidParameterValue", f"{words}'{','.join(able)}' of the specified instance type.")


@before("ec2", "ModifyInstanceAttribute")
def attributes_are_accepted_by_name(request: AwsRequest) -> None:
    """moto ignores these, unless they have another form (254)."""
    behaviour = request.value("InstanceInitiatedShutdownBehavior.Value")
    if behaviour not in (None, "stop", "terminate"):
        raise AwsError("InvalidParameterValue", f"Value ({behaviour}) for parameter shutdownBehavior is invalid.")
    for name in (*_STOPPED, *_ANY_TIME):
        if name not in _KNOWN_TO_MOTO and f"{name}.Value" in request.form:
            request.form |= {"Attribute": name[:1].lower() + name[1:], "Value": request.form.pop(f"{name}.Value")}
