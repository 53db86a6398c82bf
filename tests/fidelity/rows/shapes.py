"""What is in an answer: names and values that moto's answers lack, and constants of its own."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fidelity.rows.transitions import told
from fidelity.table import NO_ANSWER, Lab, Row

WEB = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80}
ALL = "0.0.0.0/0"
BOM = b"\xef\xbb\xbf"


def group(lab: Lab) -> str:
    return str(lab.ec2.create_security_group(GroupName=lab.name(), Description="x")["GroupId"])


def web(*ranges: str, **words: Any) -> list[dict[str, Any]]:
    return [{**WEB, "IpRanges": [{"CidrIp": cidr} for cidr in ranges or (ALL,)], **words}]


# --- rules of security groups -----------------------------------------------------------------------------------------


def modified(lab: Lab, protocol: str, **words: Any) -> tuple[Any, Any, Any]:
    """A rule that is modified: its protocol and ports."""
    id = group(lab)
    made = lab.ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=web())["SecurityGroupRules"][0]
    rule = {"IpProtocol": protocol, "CidrIpv4": ALL, **words}
    changes = [{"SecurityGroupRuleId": made["SecurityGroupRuleId"], "SecurityGroupRule": rule}]
    lab.ec2.modify_security_group_rules(GroupId=id, SecurityGroupRules=changes)
    named = [{"Name": "group-id", "Values": [id]}]
    rules = lab.ec2.describe_security_group_rules(Filters=named)["SecurityGroupRules"]
    seen = next(r for r in rules if r["SecurityGroupRuleId"] == made["SecurityGroupRuleId"])
    return seen["IpProtocol"], seen.get("FromPort"), seen.get("ToPort")


def modified_permission(lab: Lab) -> bool:
    """Whether the permission of a group whose rule was modified to every protocol has ports, and can be revoked."""
    id = group(lab)
    made = lab.ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=web())["SecurityGroupRules"][0]
    change = {"SecurityGroupRuleId": made["SecurityGroupRuleId"]}
    change["SecurityGroupRule"] = {"IpProtocol": "-1", "CidrIpv4": ALL}
    lab.ec2.modify_security_group_rules(GroupId=id, SecurityGroupRules=[change])
    seen = lab.ec2.describe_security_groups(GroupIds=[id])["SecurityGroups"][0]["IpPermissions"][0]
    lab.ec2.revoke_security_group_ingress(
        GroupId=id, IpPermissions=[{"IpProtocol": "-1", "IpRanges": seen["IpRanges"]}]
    )
    return "FromPort" in seen


def outbound(lab: Lab) -> list[Any]:
    named = [{"Name": "group-id", "Values": [group(lab)]}]
    rule = lab.ec2.describe_security_group_rules(Filters=named)["SecurityGroupRules"][0]
    return [rule["IpProtocol"], rule.get("FromPort"), rule.get("ToPort")]


def revoked(lab: Lab, how: str) -> list[Any]:
    """What the answer tells of two rules, one of which is revoked."""
    id = group(lab)
    made = lab.ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=web("10.0.0.0/8", ALL))
    ids = [r["SecurityGroupRuleId"] for r in made["SecurityGroupRules"] if r["CidrIpv4"] == ALL]
    words = {"SecurityGroupRuleIds": ids} if how == "id" else {"IpPermissions": web()}
    if how == "fields":
        words = {**WEB, "CidrIp": ALL}
    said = lab.ec2.revoke_security_group_ingress(GroupId=id, **words)
    told_ = [(r["SecurityGroupRuleId"] == ids[0], r["GroupId"] == id, r["IsEgress"], r["FromPort"], r["CidrIpv4"])
             for r in said.get("RevokedSecurityGroupRules", [])]  # fmt: skip
    return [said.get("Return"), *told_]


def revoked_outbound(lab: Lab) -> list[Any]:
    every = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": ALL}]}]
    said = lab.ec2.revoke_security_group_egress(GroupId=group(lab), IpPermissions=every)
    return [(r["IsEgress"], r["IpProtocol"], r["FromPort"]) for r in said.get("RevokedSecurityGroupRules", [])]


def deleted(lab: Lab) -> tuple[Any, bool]:
    id = group(lab)
    said = lab.ec2.delete_security_group(GroupId=id)
    return said.get("Return"), said.get("GroupId") == id


def described(lab: Lab) -> tuple[Any, Any]:
    """A description that is updated by the rule's id."""
    id = group(lab)
    made = lab.ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=web())["SecurityGroupRules"][0]
    words = [{"SecurityGroupRuleId": made["SecurityGroupRuleId"], "Description": "new"}]
    said = lab.ec2.update_security_group_rule_descriptions_ingress(GroupId=id, SecurityGroupRuleDescriptions=words)
    seen = lab.ec2.describe_security_groups(GroupIds=[id])["SecurityGroups"][0]["IpPermissions"][0]["IpRanges"][0]
    return said.get("Return"), seen.get("Description")


def both_forms(lab: Lab, call: str, **words: Any) -> str:
    id = group(lab)
    lab.ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=web("10.0.0.0/8"))
    permissions = web("10.0.0.0/8") if call.startswith("revoke") else web()
    return told(getattr(lab.ec2, call), GroupId=id, IpPermissions=permissions, **words)


def named_twice(lab: Lab, right: bool) -> Any:
    """A group as a source, by its id and by its name, or by the name of another."""
    id, other, last = group(lab), group(lab), group(lab)
    name = lab.ec2.describe_security_groups(GroupIds=[other if right else last])["SecurityGroups"][0]["GroupName"]
    pairs = [{"GroupId": other, "GroupName": name}]
    lab.ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=[{**WEB, "UserIdGroupPairs": pairs}])
    seen = lab.ec2.describe_security_groups(GroupIds=[id])["SecurityGroups"][0]["IpPermissions"][0]
    return len(seen["UserIdGroupPairs"])


# --- instances --------------------------------------------------------------------------------------------------------


def attribute(lab: Lab, name: str) -> Any:
    found = lab.ec2.describe_instance_attribute(InstanceId=lab.launch()[0], Attribute=name)
    return {key: value for key, value in found.items() if key not in ("InstanceId", "ResponseMetadata")}


def devices(lab: Lab) -> list[tuple[str, bool, bool]]:
    found = attribute(lab, "blockDeviceMapping").get("BlockDeviceMappings", [])
    return [(m["DeviceName"], m["Ebs"]["VolumeId"].startswith("vol-"), m["Ebs"]["DeleteOnTermination"]) for m in found]


def console(lab: Lab) -> bool:
    return "2006" in lab.ec2.get_console_output(InstanceId=lab.launch()[0])["Output"]


def caller(lab: Lab) -> tuple[str, str]:
    found = lab.client("sts").get_caller_identity()
    return found["Arn"].rpartition("/")[0], found["UserId"][:4]


def named_types(lab: Lab, count: int) -> int:
    kinds = [
        o["InstanceType"] for o in lab.ec2.describe_instance_type_offerings(MaxResults=1000)["InstanceTypeOfferings"]
    ][:count]
    return len(lab.ec2.describe_instance_types(InstanceTypes=kinds)["InstanceTypes"])


def old_type(lab: Lab, kind: str) -> list[str]:
    """What an old type says that it runs, and what comes of an image of today."""
    said = lab.ec2.describe_instance_types(InstanceTypes=[kind])["InstanceTypes"][0]["SupportedVirtualizationTypes"]
    words = {"ImageId": lab.image, "MinCount": 1, "MaxCount": 1}
    return [*said, told(lab.ec2.run_instances, InstanceType=kind, **words)]


def stopped(lab: Lab, **words: Any) -> str:
    disk = {"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": True, "VolumeSize": 8}}
    return told(lab.ec2.stop_instances, InstanceIds=lab.launch(BlockDeviceMappings=[disk], **words), Hibernate=True)


def to_hibernate(lab: Lab, **words: Any) -> str:
    lab.launch(running=False, HibernationOptions={"Configured": True}, **words)
    return "launched"


def encrypted(size: int = 8) -> list[dict[str, Any]]:
    return [{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": True, "VolumeSize": size}}]


def imported(lab: Lab, encoding: Encoding, before: bytes = b"") -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    form = PublicFormat.OpenSSH if encoding is Encoding.OpenSSH else PublicFormat.SubjectPublicKeyInfo
    return told(
        lab.ec2.import_key_pair, KeyName=lab.name(), PublicKeyMaterial=before + key.public_bytes(encoding, form)
    )


def row(number: int, what: str, call: Any, aws: Any, stock: Any, source: str = "M") -> Row:
    return Row(number, "sts" if "caller" in what else "ec2", what, call, aws, stock, source)


COMBINED = "InvalidParameterCombination"
CONFIGURED = {"HibernationOptions": {"Configured": True}}
ROWS = [
    row(323, "modify_security_group_rules to every protocol: the ports", lambda lab: modified(lab, "-1"),
        ("-1", -1, -1), "error InvalidParameterValue"),
    row(323, "modify_security_group_rules to every protocol, with ports",
        lambda lab: modified(lab, "-1", FromPort=80, ToPort=80), ("-1", -1, -1), ("-1", 80, 80)),
    row(323, "modify_security_group_rules to another port",
        lambda lab: modified(lab, "tcp", FromPort=443, ToPort=443), ("tcp", 443, 443), ("tcp", 443, 443)),
    row(323, "modify_security_group_rules to tcp without ports", lambda lab: modified(lab, "tcp"),
        "error InvalidParameterValue", "error InvalidParameterValue"),
    row(323, "whether the permission of a rule modified to every protocol has ports", modified_permission, False,
        "error InvalidParameterValue"),
    row(323, "describe_security_group_rules: the ports of the rule for every protocol", outbound, ["-1", -1, -1],
        ["-1", -1, -1]),
    *(row(322, f"revoke_security_group_ingress by {how}: what was revoked", lambda lab, how=how: revoked(lab, how),
          [True, (True, True, False, 80, ALL)], [True]) for how in ("id", "permission", "fields")),
    row(322, "revoke_security_group_egress: what was revoked", revoked_outbound, [(True, "-1", -1)], []),
    row(322, "delete_security_group: what was deleted", deleted, (True, True), (None, False)),
    row(322, "update_security_group_rule_descriptions_ingress by the rule's id", described, (True, "new"),
        (None, None)),
    row(320, "authorize_security_group_ingress with both forms of a rule",
        lambda lab: both_forms(lab, "authorize_security_group_ingress", CidrIp=ALL, **WEB), COMBINED, "done", "EC"),
    row(320, "authorize_security_group_ingress with IpPermissions and one field",
        lambda lab: both_forms(lab, "authorize_security_group_ingress", CidrIp=ALL), COMBINED, "done", "EC"),
    row(320, "revoke_security_group_ingress with both forms of a rule",
        lambda lab: both_forms(lab, "revoke_security_group_ingress", CidrIp=ALL, **WEB), COMBINED, "done", "EC"),
    row(320, "authorize_security_group_ingress with IpPermissions alone",
        lambda lab: both_forms(lab, "authorize_security_group_ingress"), "done", "done"),
    row(321, "a rule whose source is named by id and name", lambda lab: named_twice(lab, True), 1, 1),
    row(321, "a rule whose source is named by its id and another's name", lambda lab: named_twice(lab, False),
        "error InvalidGroup.NotFound", 1, "U"),
    row(324, "describe_instance_attribute(blockDeviceMapping)", devices, [("/dev/xvda", True, True)], []),
    row(324, "describe_instance_attribute(enaSupport)", lambda lab: attribute(lab, "enaSupport"),
        {"EnaSupport": {"Value": True}}, "error InvalidParameterValue"),
    row(324, "describe_instance_attribute(enclaveOptions)", lambda lab: attribute(lab, "enclaveOptions"),
        {"EnclaveOptions": {"Enabled": False}}, "error InvalidParameterValue"),
    row(324, "describe_instance_attribute(bogus)", lambda lab: attribute(lab, "bogus"),
        "error InvalidParameterValue", "error InvalidParameterValue"),
    row(325, "get_console_output: whether it is of 2006", console, False, True, "U"),
    row(328, "the caller's ARN without the name, and the kind of the id", caller,
        ("arn:aws:iam::123456789012:user", "AIDA"), ("arn:aws:sts::123456789012:user", "AKIA")),
    row(326, "describe_instance_types: 100 types", lambda lab: named_types(lab, 100), 100, 100),
    row(326, "describe_instance_types: 101 types", lambda lab: named_types(lab, 101),
        "error InvalidParameterValue", 101),
    *(row(329, f"{kind}: what it says that it runs, and an image of today", lambda lab, kind=kind: old_type(lab, kind),
          ["paravirtual", COMBINED], ["hvm", "paravirtual", "done"], "U") for kind in ("m1.small", "t1.micro")),
    row(329, "t3.micro: what it says that it runs, and an image of today", lambda lab: old_type(lab, "t3.micro"),
        ["hvm", "done"], ["hvm", "done"]),
    row(327, "stop_instances(Hibernate) of what was not launched for it", stopped,
        "UnsupportedHibernationConfiguration", "done", "EC"),
    row(327, "stop_instances(Hibernate) of what was launched for it", lambda lab: stopped(lab, **CONFIGURED),
        "done", "done"),
    row(327, "a launch to hibernate, the root volume encrypted",
        lambda lab: to_hibernate(lab, BlockDeviceMappings=encrypted()), "launched", "launched"),
    row(327, "a launch to hibernate, the root volume not encrypted", to_hibernate,
        "error UnsupportedHibernationConfiguration", "launched", "EC"),
    row(327, "a launch to hibernate of a type that does not",
        lambda lab: to_hibernate(lab, InstanceType="m6a.12xlarge", BlockDeviceMappings=encrypted()),
        "error UnsupportedHibernationConfiguration", "launched", "EC"),
    row(330, "import_key_pair in OpenSSH's form", lambda lab: imported(lab, Encoding.OpenSSH), "done", "done"),
    row(330, "import_key_pair in OpenSSH's form, behind a byte order mark",
        lambda lab: imported(lab, Encoding.OpenSSH, BOM), "InvalidKeyPair.Format", NO_ANSWER, "EC"),
    row(330, "import_key_pair in PEM", lambda lab: imported(lab, Encoding.PEM), "InvalidKeyPair.Format", NO_ANSWER,
        "EC"),
    row(330, "import_key_pair in PEM, behind a byte order mark", lambda lab: imported(lab, Encoding.PEM, BOM),
        "InvalidKeyPair.Format", NO_ANSWER, "EC"),
]  # fmt: skip
