"""Images (AMIs): which there are, and what becomes of them."""

import re
from typing import Any

from drycloud.cloud.ask import Ask, AwsError
from drycloud.cloud.rules.lookup import refuse_malformed

# The parameters that Amazon and Canonical publish: their paths, and the names of the images that they hold.
_LINUX = r"/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-(?:default|[\d.]+)-(x86_64|arm64)"
_UBUNTU = r"/aws/service/canonical/ubuntu/server/([\w.-]+)/stable/current/(amd64|arm64)/hvm/ebs-gp[23]/ami-id"
_DEBIAN = r"/aws/service/debian/release/(\d+|[a-z]+)/latest/(amd64|arm64)"


def image_to_launch(ask: Ask, id: str) -> Any:
    """moto's image of that id, which one can launch from; the errors are AWS's."""
    refuse_malformed([id], "ami", "InvalidAMIID.Malformed")
    image = ask.ec2.amis.get(id)
    if id in ask.ec2.deleted_amis or (image is not None and image.state != "available"):
        raise AwsError("InvalidAMIID.Unavailable", f"The image id '[{id}]' is no longer available")
    if image is None:
        raise AwsError("InvalidAMIID.NotFound", f"The image id '[{id}]' does not exist")
    return image


def image_by_parameter(ask: Ask, path: str) -> Any:
    """The newest public image that a parameter of Systems Manager stands for."""
    pattern = _pattern(re.sub(r":\w+$", "", path))  # without the parameter's version or label
    found = [i for i in ask.ec2.amis.values() if pattern and i.is_public and re.fullmatch(pattern, i.name or "")]
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
