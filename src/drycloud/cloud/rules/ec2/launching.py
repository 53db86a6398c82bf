"""The parameters of a launch: image, type, count, key pair and user data. Its network is in interfaces.py."""

import base64
import binascii
import re
from functools import cache
from typing import Any

from drycloud.cloud.patches.constants import PARAVIRTUAL
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.ec2.images import image_by_parameter, image_to_launch
from drycloud.cloud.rules.lookup import instances
from drycloud.cloud.rules.registry import before

_MOST_USER_DATA = 16384  # bytes
_MOST_INSTANCES = 500  # in a region, without terminated ones


# --- the image --------------------------------------------------------------------------------------------------------


@before("ec2", "RunInstances")
def image_may_be_named_by_a_parameter(request: AwsRequest) -> None:
    """resolve:ssm:PATH is the image in a parameter of Systems Manager; moto keeps the text (65)."""
    path = request.form.get("ImageId", "").removeprefix("resolve:ssm:")
    if path != request.form.get("ImageId", ""):
        request.form["ImageId"] = image_by_parameter(request, path).id


@before("ec2", "RunInstances")
def image_to_launch_exists(request: AwsRequest) -> None:
    """moto accepts none, any text, and deregistered images; its dry run does not check (9 to 12, 29, 124)."""
    id = request.value("ImageId")
    if id:
        image_to_launch(request, id)
    else:
        raise AwsError("MissingParameter", "The request must contain the parameter ImageId")


# --- the type ---------------------------------------------------------------------------------------------------------


@before("ec2", "RunInstances")
def type_to_launch_exists(request: AwsRequest) -> None:
    """moto accepts any text (13)."""
    kind = request.value("InstanceType")
    if kind is not None and kind not in types():
        raise AwsError("InvalidParameterValue", f"Invalid value '{kind}' for InstanceType.")


@before("ec2", "RunInstances")
def type_fits_its_image(request: AwsRequest) -> None:
    """moto runs any image on any type (14), and by default on m1.small, which supports no current image (15)."""
    kind, image = request.value("InstanceType"), request.ec2.amis.get(request.value("ImageId"))
    if image is None:
        return
    if PARAVIRTUAL.fullmatch(kind or "m1.small") and image.virtualization_type == "hvm" and not image.platform:
        words = f"Images of the virtualization type 'hvm' do not run on this instance type ({kind or 'm1.small'})."
        raise AwsError("InvalidParameterCombination", words if kind else f"{words} No InstanceType was given.")
    able = types()[kind or "m1.small"]["ProcessorInfo"]["SupportedArchitectures"]
    if image.architecture not in able:
        words = f"The architecture '{','.join(able)}' of the specified instance type does not match the architecture "
        raise AwsError("InvalidParameterValue", f"{words}'{image.architecture}' of the specified AMI.")


def types() -> dict[str, Any]:
    """The instance types that moto knows."""
    from moto.ec2.models.instance_types import INSTANCE_TYPES

    found: dict[str, Any] = INSTANCE_TYPES
    return found


@cache
def zones_with(region: str, kind: str) -> frozenset[str]:
    """The zones of a region in which a type is offered, by moto's data."""
    from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS

    offers = INSTANCE_TYPE_OFFERINGS["availability-zone"].get(region, [])
    return frozenset(offer["Location"] for offer in offers if offer["InstanceType"] == kind)


@before("ec2", "RunInstances")
def image_may_require_session_tokens(request: AwsRequest) -> None:
    """Amazon Linux 2023 requires a token for metadata; moto does not (161)."""
    image = request.ec2.amis.get(request.value("ImageId"))
    if getattr(image, "imds_support", None):  # for an image that our patch made
        request.form.setdefault("MetadataOptions.HttpTokens", "required")
        request.form.setdefault("MetadataOptions.HttpPutResponseHopLimit", "2")


# --- count ------------------------------------------------------------------------------------------------------------


@before("ec2", "RunInstances")
def count_is_within_the_quota(request: AwsRequest) -> None:
    """MaxCount instances are launched if the quota allows; moto launches MinCount, even an invalid one (23, 24, 25)."""
    least, most = _count(request, "MinCount"), _count(request, "MaxCount")
    if least > most:
        words = f"MinCount ({least}) may not be greater than MaxCount ({most})"
        raise AwsError("InvalidParameterValue", words)
    room = _MOST_INSTANCES - _alive(request)
    if least > room:
        words = f"You have requested {least} more instances than the {max(room, 0)} that your limit still allows."
        raise AwsError("InstanceLimitExceeded", words)
    request.form["MinCount"] = str(min(most, room))


def _count(request: AwsRequest, name: str) -> int:
    text = request.value(name)
    if text is None:
        raise AwsError("MissingParameter", f"The request must contain the parameter {name}")
    if not re.fullmatch(r"\d{1,9}", text) or int(text) < 1:
        raise AwsError(
            "InvalidParameterValue", f"Value ({text}) for parameter {name} is invalid. It must be at least 1."
        )
    return int(text)


def _alive(request: AwsRequest) -> int:
    return sum(i._state.name != "terminated" for i in instances(request).values())


# --- key pair and user data -------------------------------------------------------------------------------------------


@before("ec2", "RunInstances")
def key_of_a_launch_exists(request: AwsRequest) -> None:
    """moto's message contains a Python set (16); its dry run does not check (29)."""
    name = request.value("KeyName")
    if name == "":
        raise AwsError("InvalidParameterValue", "Invalid value '' for keyPairNames. It should not be blank")
    if name is not None and name not in request.ec2.key_pairs:
        raise AwsError("InvalidKeyPair.NotFound", f"The key pair '{name}' does not exist")


@before("ec2", "RunInstances")
def user_data_is_small(request: AwsRequest) -> None:
    """moto accepts any size (61)."""
    try:
        size = len(base64.b64decode(request.form.get("UserData", "")))
    except (binascii.Error, ValueError):
        return  # moto refuses it
    if size > _MOST_USER_DATA:
        raise AwsError("InvalidParameterValue", f"User data is limited to {_MOST_USER_DATA} bytes")
