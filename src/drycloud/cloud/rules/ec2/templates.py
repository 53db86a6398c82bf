"""Launch templates: its fields are merged into a launch before any other rule sees it; the launch's own fields win."""

import re
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.registry import Answer, after, before, edited
from drycloud.cloud.state.policy import OWNER

_DATA = "LaunchTemplateData."
_NAME = re.compile(r"[a-zA-Z0-9().\-/_]{3,128}")
_OF_ONE = "CreateLaunchTemplateVersion DeleteLaunchTemplate DescribeLaunchTemplateVersions ModifyLaunchTemplate"
_GROUPS = ("SecurityGroup", "SecurityGroupId")
_AT_ONCE = ("IamInstanceProfile", "NetworkInterface")  # a launch that has one replaces the template's
_NO_PART = ("InstanceRequirements", "ElasticGpuSpecification")  # of RunInstances
_LISTS = {"BlockDeviceMapping": "DeviceName", "TagSpecification": "ResourceType"}


# --- which template ---------------------------------------------------------------------------------------------------


def _template(request: AwsRequest, id: str | None, name: str | None) -> Any:
    """moto's template with that id or name; raises AWS's errors."""
    if id and name:
        raise AwsError("InvalidParameterCombination", "Name a launch template by its ID or by its name, not by both")
    found = [t for t in request.ec2.launch_templates.values() if (t.id == id if id else t.name == name)]
    if found:
        return found[0]
    if id:
        words = f"The specified launch template, with template ID {id}, does not exist."
        raise AwsError("InvalidLaunchTemplateId.NotFound", words)
    if name:
        words = f"The specified launch template, with template name {name}, does not exist."
        raise AwsError("InvalidLaunchTemplateName.NotFoundException", words)
    raise AwsError("MissingParameter", "Name a launch template by its ID or by its name")


def _version(template: Any, text: str | None) -> Any:
    """A version by its number, or by $Latest or $Default, which is the default."""
    wanted = text or "$Default"
    if wanted in ("$Default", "$Latest"):
        return template.get_version(wanted)
    if not re.fullmatch(r"\d{1,9}", wanted):
        words = "Invalid launch template version: either '$Default', '$Latest', or a numeric version are allowed."
        raise AwsError("InvalidParameterValue", words)
    found = next((version for version in template.versions if version.number == int(wanted)), None)
    if found is None:
        words = f"Could not find the specified version {wanted} for the launch template with ID {template.id}."
        raise AwsError("InvalidLaunchTemplateId.VersionNotFound", words)
    return found


@before("ec2", *_OF_ONE.split())
def template_exists(request: AwsRequest) -> None:
    """moto fails if there is none (260)."""
    id, name = request.value("LaunchTemplateId"), request.value("LaunchTemplateName")
    if request.operation == "DescribeLaunchTemplateVersions" and not id and not name:
        return  # the versions of all templates
    template = _template(request, id, name)
    for text in [
        *request.values("LaunchTemplateVersion"),
        request.value("SourceVersion"),
        request.value("SetDefaultVersion"),
    ]:
        _version(template, text)


@before("ec2", "DescribeLaunchTemplates")
def described_templates_exist(request: AwsRequest) -> None:
    """moto leaves out missing ones (260)."""
    for id in request.values("LaunchTemplateId"):
        _template(request, id, None)
    for name in request.values("LaunchTemplateName"):
        _template(request, None, name)


@before("ec2", "CreateLaunchTemplate")
def template_name_is_valid(request: AwsRequest) -> None:
    """moto accepts any name (310)."""
    if not _NAME.fullmatch(request.form.get("LaunchTemplateName", "")):
        words = "A launch template's name has 3 to 128 characters: letters, digits and ().-/_"
        raise AwsError("InvalidLaunchTemplateName.MalformedException", words)


@after(
    "ec2",
    "CreateLaunchTemplate",
    "CreateLaunchTemplateVersion",
    "DeleteLaunchTemplate",
    "DescribeLaunchTemplateVersions",
    "DescribeLaunchTemplates",
    "ModifyLaunchTemplate",
)
def creator_of_a_template_is_the_caller(request: AwsRequest, answer: Answer) -> Answer:
    """moto reports the account's root user as their creator (410)."""
    del request
    return edited(answer, "<createdBy>[^<]*</createdBy>", f"<createdBy>{OWNER}</createdBy>")


@before("ec2", "DeleteLaunchTemplate")
def template_to_delete_is_stored(request: AwsRequest) -> None:
    """For the rule below (430)."""
    request.kept["template"] = _template(
        request, request.value("LaunchTemplateId"), request.value("LaunchTemplateName")
    )


@after("ec2", "DeleteLaunchTemplate")
def deleted_template_is_returned(request: AwsRequest, answer: Answer) -> Answer:
    """With its time, creator and last version; moto leaves these out (430)."""
    template = request.kept["template"]
    told = (
        f"<createTime>{template.create_time:%Y-%m-%dT%H:%M:%S.000Z}</createTime><createdBy>{OWNER}</createdBy>"
        f"<latestVersionNumber>{template.latest_version_number}</latestVersionNumber>"
    )
    return edited(answer, "</launchTemplate>", f"{told}</launchTemplate>")


# --- its content ------------------------------------------------------------------------------------------------------


@after("ec2", "CreateLaunchTemplate", "CreateLaunchTemplateVersion")
def template_data_is_stored(request: AwsRequest, answer: Answer) -> None:
    """In the form of a launch, with the fields of the source version (310)."""
    del answer
    template = _template(request, request.value("LaunchTemplateId"), request.value("LaunchTemplateName"))
    said = {name.removeprefix(_DATA): text for name, text in request.form.items() if name.startswith(_DATA)}
    if request.value("SourceVersion"):
        said = _merged(_said(_version(template, request.value("SourceVersion"))), said)
    template.versions[-1].drycloud_said = said


def _said(version: Any) -> dict[str, str]:
    found: dict[str, str] = vars(version).get("drycloud_said", {})
    return found


@before("ec2", "RunInstances")
def template_is_merged_into_its_launch(request: AwsRequest) -> None:
    """moto uses only image, type, key, groups and user data of it (310)."""
    if not any(name.startswith("LaunchTemplate.") for name in request.form):
        return
    about = {
        name: request.value(f"LaunchTemplate.{name}") for name in ("LaunchTemplateId", "LaunchTemplateName", "Version")
    }
    version = _version(_template(request, about["LaunchTemplateId"], about["LaunchTemplateName"]), about["Version"])
    own = {name: text for name, text in request.form.items() if not name.startswith("LaunchTemplate.")}
    request.form.clear()
    request.form.update(_merged(_said(version), own))
    request.form |= {
        "LaunchTemplate.LaunchTemplateId": version.template.id,
        "LaunchTemplate.Version": str(version.number),
    }


def _merged(template: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    """The fields of a template, overridden by those of the launch.

    Block devices and tags of the launch are added to those of the template with other names, and replace those with the
    same name.
    """
    heads = {name.split(".")[0] for name in own}
    if heads & set(_GROUPS):
        heads |= set(_GROUPS)
    found = dict(own)
    for name, text in template.items():
        head = name.split(".")[0]
        if head not in (*_LISTS, *_NO_PART) and not (head in heads and (head in _AT_ONCE or head in _GROUPS)):
            found.setdefault("RamdiskId" if name == "RamDiskId" else name, text)
    for head, key in _LISTS.items():
        _merge_list(template, own, found, head, key)
    return found


def _merge_list(template: dict[str, str], own: dict[str, str], found: dict[str, str], head: str, key: str) -> None:
    """Number the members of the template's list after those of the launch, except those that have the same key."""
    there = {text: name.split(".")[1] for name, text in own.items() if _is_key(name, head, key)}
    number = max((int(n) for n in there.values() if n.isdecimal()), default=0)
    for text, old in ((text, name.split(".")[1]) for name, text in template.items() if _is_key(name, head, key)):
        fields = {n.split(".", 2)[2]: t for n, t in template.items() if n.startswith(f"{head}.{old}.")}
        if text not in there:
            number += 1
            found |= {f"{head}.{number}.{field}": value for field, value in fields.items()}
        elif head == "TagSpecification":
            _add_tags(found, f"{head}.{there[text]}.Tag.", fields)


def _is_key(name: str, head: str, key: str) -> bool:
    return name.startswith(f"{head}.") and name.endswith(f".{key}") and name.count(".") == 2


def _add_tags(found: dict[str, str], prefix: str, fields: dict[str, str]) -> None:
    """Add a template's tags to the launch's tags for the same kind of resource; the launch's values win."""
    keys = {text for name, text in found.items() if name.startswith(prefix) and name.endswith(".Key")}
    for number, (name, text) in enumerate(sorted(fields.items()), 1000):
        if name.endswith(".Key") and text not in keys:
            value = fields.get(f"{name.removesuffix('Key')}Value", "")
            found |= {f"{prefix}{number}.Key": text, f"{prefix}{number}.Value": value}
