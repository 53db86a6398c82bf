"""Images (AMIs): finding, creating and deregistering them."""

import re
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.ids import refuse_malformed
from drycloud.cloud.rules.lookup import instance_of
from drycloud.cloud.rules.registry import Answer, after, before, edited

# The parameters that Amazon and Canonical publish: their paths, and the names of their images.
_LINUX = r"/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-(?:default|[\d.]+)-(x86_64|arm64)"
_UBUNTU = r"/aws/service/canonical/ubuntu/server/([\w.-]+)/stable/current/(amd64|arm64)/hvm/ebs-gp[23]/ami-id"
_DEBIAN = r"/aws/service/debian/release/(\d+|[a-z]+)/latest/(amd64|arm64)"

_NAME = re.compile(r"[a-zA-Z0-9()\[\] ./\-'@_]{3,128}")
_OWNER = re.compile(r"self|amazon|aws-marketplace|aws-backup-vault|\d{12}")


def image_to_launch(request: AwsRequest, id: str) -> Any:
    """moto's image with that id, if it can be launched; raises AWS's errors."""
    refuse_malformed([id], "ami")
    image = request.ec2.amis.get(id)
    if id in request.ec2.deleted_amis or (image is not None and image.state != "available"):
        state = "no longer available" if image is None else f"{image.state}, and cannot be run"
        raise AwsError("InvalidAMIID.Unavailable", f"The image id '[{id}]' is {state}")
    if image is None:
        raise _not_found(id)
    return image


def _not_found(id: str) -> AwsError:
    return AwsError("InvalidAMIID.NotFound", f"The image id '[{id}]' does not exist")


def image_by_parameter(request: AwsRequest, path: str) -> Any:
    """The newest public image for a parameter of Systems Manager."""
    pattern = _pattern(re.sub(r":\w+$", "", path))  # without the parameter's version or label
    found = [i for i in request.ec2.amis.values() if pattern and i.is_public and re.fullmatch(pattern, i.name or "")]
    if not found:
        raise AwsError("InvalidParameterValue", f"The parameter '{path}' does not stand for an image.")
    return max(found, key=lambda image: image.creation_date)


def _pattern(path: str) -> str | None:
    if found := re.fullmatch(_LINUX, path):
        return rf"al2023-ami-2023\..*-{found[1]}"
    if found := re.fullmatch(_UBUNTU, path):
        return rf"ubuntu/images/hvm-ssd.*/ubuntu-(?:.*-)?{re.escape(found[1])}-{found[2]}-server-.*"
    if found := re.fullmatch(_DEBIAN, path):
        return rf"debian-{found[1]}-{found[2]}-.*"
    return None


# --- looking ----------------------------------------------------------------------------------------------------------


@before("ec2", "DescribeImages")
def owners_of_images_are_valid(request: AwsRequest) -> None:
    """moto finds no images for an invalid owner (347)."""
    for owner in request.values("Owner"):
        if not _OWNER.fullmatch(owner):
            raise AwsError("InvalidUserID.Malformed", f'Invalid user id: "{owner}"')


# --- making -----------------------------------------------------------------------------------------------------------


@before("ec2", "CreateImage", "CopyImage", "RegisterImage")
def image_name_is_valid(request: AwsRequest) -> None:
    """moto accepts any name (121)."""
    name = request.value("Name")
    if name is None:
        raise AwsError("MissingParameter", "The request must contain the parameter name")
    if not _NAME.fullmatch(name):
        words = "AMI names must be between 3 and 128 characters long, and may contain letters, digits and ()[] ./-'@_"
        raise AwsError("InvalidAMIName.Malformed", words)


@before("ec2", "CreateImage")
def instance_of_an_image_exists(request: AwsRequest) -> None:
    """The instance is running or stopped; moto also makes images of terminated ones (119)."""
    id = request.form.get("InstanceId", "")
    refuse_malformed([id], "i")
    instance = instance_of(request, id)
    if instance is None:
        raise AwsError("InvalidInstanceID.NotFound", f"The instance ID '{id}' does not exist")
    if instance._state.name not in ("running", "stopping", "stopped"):
        words = f"Invalid value '{id}' for instanceId. Instance is not in state 'running' or 'stopping' or 'stopped'"
        raise AwsError("InvalidParameterValue", words)


@before("ec2", "CreateImage", "RegisterImage")
def names_of_images_differ(request: AwsRequest) -> None:
    """Names of the account's own images; moto accepts duplicates (120)."""
    name = request.value("Name")
    for image in request.ec2.amis.values():
        if image.owner_id == request.ec2.account_id and image.name == name:
            words = f"AMI name {name} is already in use by AMI {image.id}"
            raise AwsError("InvalidAMIName.Duplicate", words)


# --- ending -----------------------------------------------------------------------------------------------------------


@before("ec2", "DeregisterImage", "ModifyImageAttribute", "DisableImage", "EnableImage")
def images_of_others_cannot_be_changed(request: AwsRequest) -> None:
    """moto deregisters even Amazon's images (125)."""
    id = request.form.get("ImageId", "")
    refuse_malformed([id], "ami")
    image = request.ec2.amis.get(id)
    if image is not None and image.owner_id != request.ec2.account_id:
        raise AwsError("AuthFailure", f"Not authorized for image:{id}", 403)


@after("ec2", "DeregisterImage")
def snapshots_of_an_image_can_be_deleted(request: AwsRequest, answer: Answer) -> Answer:
    """DeleteAssociatedSnapshots deletes them, which moto does not read (123)."""
    if not request.flag("DeleteAssociatedSnapshots"):
        return answer
    gone = [id for id, snapshot in request.ec2.snapshots.items() if snapshot.from_ami == request.value("ImageId")]
    for id in gone:
        del request.ec2.snapshots[id]
    items = "".join(f"<item><snapshotId>{id}</snapshotId><returnCode>success</returnCode></item>" for id in gone)
    results = f"<deleteSnapshotResultSet>{items}</deleteSnapshotResultSet></DeregisterImageResponse>"
    return edited(answer, "</DeregisterImageResponse>", results)
