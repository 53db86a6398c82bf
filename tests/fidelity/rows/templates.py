"""Launch templates: what they say counts like what the launch says."""

import base64
from typing import Any

from fidelity.rows.transitions import told
from fidelity.table import NO_ANSWER, Lab, Row

ABSENT = "lt-0123456789abcdef0"


def template(lab: Lab, **data: Any) -> str:
    """A new template's id; `data` comes to image and type."""
    words = {"ImageId": lab.image, "InstanceType": "t3.micro", **data}
    made = lab.ec2.create_launch_template(LaunchTemplateName=lab.name(), LaunchTemplateData=words)["LaunchTemplate"]
    return str(made["LaunchTemplateId"])


def launched(lab: Lab, id: str, version: str | None = None, **words: Any) -> dict[str, Any]:
    """An instance of the template, and of what the launch says itself."""
    about = {"LaunchTemplateId": id} | ({"Version": version} if version else {})
    made = lab.ec2.run_instances(MinCount=1, MaxCount=1, LaunchTemplate=about, **words)["Instances"][0]
    lab.wait("instance_running", [made["InstanceId"]])
    found = lab.ec2.describe_instances(InstanceIds=[made["InstanceId"]])["Reservations"][0]["Instances"][0]
    return dict(found)


def of(lab: Lab, data: dict[str, Any], **words: Any) -> dict[str, Any]:
    return launched(lab, template(lab, **data), **words)


SPOT = {"InstanceMarketOptions": {"MarketType": "spot"}}
LOW = {"InstanceMarketOptions": {"MarketType": "spot", "SpotOptions": {"MaxPrice": "0.0001"}}}


def spot(lab: Lab) -> tuple[Any, bool]:
    found = of(lab, SPOT)
    request = found.get("SpotInstanceRequestId")
    known = [r["SpotInstanceRequestId"] for r in lab.ec2.describe_spot_instance_requests()["SpotInstanceRequests"]]
    return found.get("InstanceLifecycle"), request in known


def ended(lab: Lab, call: str, **data: Any) -> str:
    """What comes of ending an instance of a template that protects it."""
    return told(getattr(lab.ec2, call), InstanceIds=[of(lab, data)["InstanceId"]])


def unprotected(lab: Lab) -> str:
    """The launch says otherwise than its template."""
    id = of(lab, {"DisableApiTermination": True}, DisableApiTermination=False)["InstanceId"]
    return told(lab.ec2.terminate_instances, InstanceIds=[id])


def attribute(lab: Lab, name: str, **data: Any) -> Any:
    id = of(lab, data)["InstanceId"]
    return lab.ec2.describe_instance_attribute(InstanceId=id, Attribute=name)[name[0].upper() + name[1:]].get("Value")


def tags(lab: Lab) -> dict[str, str]:
    """Tags of both, but for those of AWS's own."""
    mine = [{"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "1"}]}]
    other = [{"ResourceType": "instance", "Tags": [{"Key": "b", "Value": "2"}]}]
    found = of(lab, {"TagSpecifications": mine}, TagSpecifications=other)["Tags"]
    return {t["Key"]: t["Value"] for t in found if not t["Key"].startswith("aws:")}


def volume_tags(lab: Lab) -> list[dict[str, str]]:
    mine = [{"ResourceType": "volume", "Tags": [{"Key": "a", "Value": "1"}]}]
    disk = of(lab, {"TagSpecifications": mine})["BlockDeviceMappings"][0]["Ebs"]["VolumeId"]
    return list(lab.ec2.describe_volumes(VolumeIds=[disk])["Volumes"][0].get("Tags", []))


def disks(lab: Lab) -> list[tuple[str, int, bool]]:
    """Block devices of the image, the template and the launch."""
    mine = [
        {"DeviceName": "/dev/sdf", "Ebs": {"VolumeSize": 3}},
        {"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 20}},
    ]
    other = [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 30}}]
    found = of(lab, {"BlockDeviceMappings": mine}, BlockDeviceMappings=other)["BlockDeviceMappings"]
    sizes = {
        v["VolumeId"]: v["Size"]
        for v in lab.ec2.describe_volumes(VolumeIds=[m["Ebs"]["VolumeId"] for m in found])["Volumes"]
    }
    return sorted((m["DeviceName"], sizes[m["Ebs"]["VolumeId"]], m["Ebs"]["DeleteOnTermination"]) for m in found)


def options(lab: Lab) -> tuple[str, int, str, str]:
    """Metadata, monitoring and zone."""
    data = {"MetadataOptions": {"HttpTokens": "optional", "HttpPutResponseHopLimit": 3}}
    data |= {"Monitoring": {"Enabled": True}, "Placement": {"AvailabilityZone": "us-east-1b"}}
    found = of(lab, data)
    metadata, state = found["MetadataOptions"], found["Monitoring"]["State"]
    return metadata["HttpTokens"], metadata["HttpPutResponseHopLimit"], state, found["Placement"]["AvailabilityZone"]


def groups(lab: Lab) -> list[str]:
    """The template's groups, where the launch names others."""
    made = [lab.ec2.create_security_group(GroupName=lab.name(), Description="x")["GroupId"] for _ in range(2)]
    found = of(lab, {"SecurityGroupIds": made[:1]}, SecurityGroupIds=made[1:])["SecurityGroups"]
    return ["other" if g["GroupId"] == made[1] else "template's" for g in found]


def by_version(lab: Lab, version: str | None) -> str:
    """The type of an instance of a template with two versions, the first of which is the default one."""
    id = template(lab)
    data = {"InstanceType": "t3.small"}
    lab.ec2.create_launch_template_version(LaunchTemplateId=id, SourceVersion="1", LaunchTemplateData=data)
    return str(launched(lab, id, version)["InstanceType"])


def refused(lab: Lab, **data: Any) -> str:
    of(lab, data)
    return "launched"


def named(lab: Lab, name: str) -> str:
    lab.ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData={"InstanceType": "t3.micro"})
    return "made"


def looked_for(lab: Lab) -> list[str]:
    ec2 = lab.ec2
    found = [told(ec2.describe_launch_templates, LaunchTemplateIds=[ABSENT])]
    found.append(told(ec2.delete_launch_template, LaunchTemplateId=ABSENT))
    return [*found, told(ec2.describe_launch_template_versions, LaunchTemplateId=ABSENT)]


def row(what: str, call: Any, aws: Any, stock: Any, source: str = "M, UG", number: int = 310) -> Row:
    return Row(number, "ec2", f"a launch from a template: {what}", call, aws, stock, source)


ROWS = [
    row("it says Spot", spot, ("spot", True), (None, False)),
    row("it says a price that is too low", lambda lab: refused(lab, **LOW), "error SpotMaxPriceTooLow", "launched"),
    row("it protects from termination", lambda lab: ended(lab, "terminate_instances", DisableApiTermination=True),
        "OperationNotPermitted", "done"),
    row("it protects from termination, the launch does not", unprotected, "done", "done"),
    row("it protects from stopping", lambda lab: ended(lab, "stop_instances", DisableApiStop=True),
        "OperationNotPermitted", "done"),
    row("it says what becomes of a shutdown",
        lambda lab: attribute(lab, "instanceInitiatedShutdownBehavior", InstanceInitiatedShutdownBehavior="terminate"),
        "terminate", "stop"),
    row("user data", lambda lab: attribute(lab, "userData", UserData=base64.b64encode(b"hi").decode()), "aGk=", "aGk="),
    row("tags of both, the launch's count", tags, {"a": "1", "b": "2"}, {"a": "1", "b": "2"}),
    row("tags of its volumes", volume_tags, [{"Key": "a", "Value": "1"}], []),
    row("block devices of both, the launch's count", disks, [("/dev/sdf", 3, False), ("/dev/xvda", 30, True)],
        [("/dev/xvda", 30, False)]),
    row("metadata, monitoring and zone", options, ("optional", 3, "enabled", "us-east-1b"),
        ("optional", 1, "disabled", "us-east-1a")),
    row("groups of both, the launch's count", groups, ["other"], ["other"]),
    row("a key pair that is not there", lambda lab: refused(lab, KeyName="nope"), "error InvalidKeyPair.NotFound",
        "error InvalidKeyPair.NotFound"),
    row("a type that is not there", lambda lab: refused(lab, InstanceType="t9.gigantic"),
        "error InvalidParameterValue", "launched"),
    row("user data that is too large",
        lambda lab: refused(lab, UserData=base64.b64encode(b"x" * 20_000).decode()), "error InvalidParameterValue",
        "launched"),
    row("no version", lambda lab: by_version(lab, None), "t3.micro", "t3.micro"),
    row("$Default", lambda lab: by_version(lab, "$Default"), "t3.micro", "t3.micro"),
    row("$Latest, which is made of the first", lambda lab: by_version(lab, "$Latest"), "t3.small", "t3.small"),
    row("version 1", lambda lab: by_version(lab, "1"), "t3.micro", "t3.micro"),
    row("version 0", lambda lab: by_version(lab, "0"), "error InvalidLaunchTemplateId.VersionNotFound", "t3.small",
        "EC"),
    row("version 3", lambda lab: by_version(lab, "3"), "error InvalidLaunchTemplateId.VersionNotFound",
        "error InvalidLaunchTemplateId.VersionNotFound", "EC"),
    row("version newest", lambda lab: by_version(lab, "newest"), "error InvalidParameterValue", NO_ANSWER, "U"),
    row("an id that is none", lambda lab: launched(lab, "tmpl"), "error InvalidLaunchTemplateId.Malformed", NO_ANSWER,
        "EC"),
    Row(310, "ec2", "create_launch_template: a name of two characters", lambda lab: named(lab, "ab"),
        "error InvalidLaunchTemplateName.MalformedException", "made", "EC"),
    Row(260, "ec2", "a launch template that is not there: describe, delete, describe its versions", looked_for,
        ["InvalidLaunchTemplateId.NotFound"] * 3,
        ["done", "InvalidLaunchTemplateName.NotFoundException", "InvalidLaunchTemplateId.NotFound"], "EC"),
]  # fmt: skip
