"""Fields that moto's answers lack, and real values where moto returns constants."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from drycloud.cloud.patches.missing_fields import CPUS
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.ec2.launching import types
from drycloud.cloud.rules.lookup import all_groups, describe_rule, existing, group_of, instance_of
from drycloud.cloud.rules.registry import Answer, after, before, edited, xml

_DOC = "http://ec2.amazonaws.com/doc/2016-11-15/"
_REVOKE = ("RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress")
_DESCRIBE = ("UpdateSecurityGroupRuleDescriptionsIngress", "UpdateSecurityGroupRuleDescriptionsEgress")
_TELL_RULES = ("AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "DescribeSecurityGroupRules")
_OF_ONE_RULE = {"IpProtocol", "FromPort", "ToPort", "CidrIp", "CidrIpv6", "SourceSecurityGroupName"}


# --- rules of security groups -----------------------------------------------------------------------------------------


@before("ec2", *(f"{verb}SecurityGroup{way}" for verb in ("Authorize", "Revoke") for way in ("Ingress", "Egress")))
def a_rule_has_one_form(request: AwsRequest) -> None:
    """A request has IpPermissions or the fields of a single rule; moto ignores the latter (320)."""
    listed = any(name.startswith("IpPermissions.") for name in request.form)
    if listed and _OF_ONE_RULE & request.form.keys():
        words = "The parameter 'ipPermissions' may not be used in combination with 'ipProtocol' and the like"
        raise AwsError("InvalidParameterCombination", words)
    for name in [name for name in request.form if re.fullmatch(r"IpPermissions\.\d+\.Groups\.\d+\.GroupName", name)]:
        id = request.value(f"{name.removesuffix('GroupName')}GroupId")
        if id is None:
            continue
        group = group_of(request, id)
        if group is not None and group.name != request.form[name]:
            raise AwsError("InvalidGroup.NotFound", f"The security group '{request.form[name]}' does not exist")
        del request.form[name]  # the group is named by its id: it counts once (321)


@before("ec2", *_REVOKE)
def rules_before_are_stored(request: AwsRequest) -> None:
    """For the rule below (322)."""
    request.kept["rules"] = list(_rules([group_of(request, request.value("GroupId") or request.value("GroupName"))]))


@after("ec2", *_REVOKE)
def revoked_rules_are_returned(request: AwsRequest, answer: Answer) -> Answer:
    """moto does not return what was revoked (322)."""
    left = {rule.id for rule in _rules(all_groups(request))}
    items = "".join(_revoked(rule) for rule in request.kept["rules"] if rule.id not in left)
    told = f"<revokedSecurityGroupRuleSet>{items}</revokedSecurityGroupRuleSet></{request.operation}Response>"
    return edited(answer, f"</{request.operation}Response>", lambda _: told)


def _rules(groups: Iterable[Any]) -> Iterator[Any]:
    for group in groups:
        if group is not None:
            yield from (*group.ingress_rules, *group.egress_rules)


def _revoked(rule: Any) -> str:
    ports = (-1, -1) if rule.ip_protocol == "-1" else (rule.from_port, rule.to_port)
    about = {
        "securityGroupRuleId": rule.id,
        "groupId": rule.group_id,
        "isEgress": str(rule.is_egress).lower(),
        "ipProtocol": rule.ip_protocol,
        "fromPort": ports[0],
        "toPort": ports[1],
        "cidrIpv4": rule.ip_range.get("CidrIp"),
        "cidrIpv6": rule.ip_range.get("CidrIpv6"),
        "prefixListId": rule.prefix_list_id,
        "referencedGroupId": rule.source_group.get("GroupId"),
        "description": rule.description,
    }
    fields = "".join(f"<{name}>{escape(str(text))}</{name}>" for name, text in about.items() if text is not None)
    return f"<item>{fields}</item>"


@after("ec2", *_TELL_RULES)
def all_ports_are_minus_one(request: AwsRequest, answer: Answer) -> Answer | None:
    """A rule for every protocol has the ports -1; moto's has none (323)."""
    del request
    if b"<ipProtocol>-1</ipProtocol>" not in answer[2]:
        return None
    ports = "<ipProtocol>-1</ipProtocol><fromPort>-1</fromPort><toPort>-1</toPort>"
    return edited(answer, "<ipProtocol>-1</ipProtocol>(?!<fromPort>)", ports)


@after("ec2", *_DESCRIBE)
def descriptions_by_id_are_updated(request: AwsRequest, answer: Answer) -> Answer:
    """moto ignores descriptions for a rule's id, and does not return success (322)."""
    said = {
        r.get("SecurityGroupRuleId"): r.get("Description", "") for r in request.members("SecurityGroupRuleDescription")
    }
    for rule in _rules([group_of(request, request.value("GroupId") or request.value("GroupName"))]):
        if rule.id in said:
            describe_rule(rule, said[rule.id])
    return _done(request, answer)


@before("ec2", "DeleteSecurityGroup")
def group_to_delete_is_stored(request: AwsRequest) -> None:
    """For the rule below (322)."""
    request.kept["group"] = group_of(request, request.value("GroupId") or request.value("GroupName"))


@after("ec2", "DeleteSecurityGroup")
def deleted_group_is_returned(request: AwsRequest, answer: Answer) -> Answer:
    """moto returns an empty answer (322)."""
    return _done(request, answer, f"<groupId>{request.kept['group'].id}</groupId>")


def _done(request: AwsRequest, answer: Answer, more: str = "") -> Answer:
    """The answer with `Return`, and more."""
    answer = edited(answer, "<return>[^<]*</return>", "")
    return edited(
        answer, f"</{request.operation}Response>", f"<return>true</return>{more}</{request.operation}Response>"
    )


# --- instances that are launched --------------------------------------------------------------------------------------


@after("ec2", "RunInstances")
def processors_are_those_of_the_launch(request: AwsRequest, answer: Answer) -> Answer | None:
    """moto ignores the CPU options of a launch (420)."""
    said = {name: request.value(f"CpuOptions.{name}") for name in ("CoreCount", "ThreadsPerCore")}
    cores, threads = (text if text and text.isdecimal() else "" for text in said.values())
    if not cores or not threads:
        return None
    for id in re.findall("<instanceId>([^<]+)</instanceId>", answer[2].decode()):
        vars(instance_of(request, id))[CPUS] = {"CoreCount": int(cores), "ThreadsPerCore": int(threads)}
    told = f"<coreCount>{cores}</coreCount><threadsPerCore>{threads}</threadsPerCore>"
    return edited(answer, "<cpuOptions>.*?</cpuOptions>", f"<cpuOptions>{told}</cpuOptions>")


# --- addresses and volumes --------------------------------------------------------------------------------------------


@after("ec2", "AllocateAddress")
def pool_of_an_address_is_returned(request: AwsRequest, answer: Answer) -> Answer:
    """moto returns it neither here nor for existing addresses (424)."""
    told = f"<publicIpv4Pool>amazon</publicIpv4Pool><networkBorderGroup>{request.region}</networkBorderGroup>"
    return edited(answer, f"</{request.operation}Response>", f"{told}</{request.operation}Response>")


@after("ec2", "CreateVolume")
def new_volume_returns_tags(request: AwsRequest, answer: Answer) -> Answer | None:
    """AWS returns the set even if it is empty; moto leaves it out (422)."""
    end = f"</{request.operation}Response>"
    return None if b"<tagSet" in answer[2] else edited(answer, end, f"<tagSet/>{end}")


# --- attributes of instances ------------------------------------------------------------------------------------------


@before("ec2", "DescribeInstanceAttribute")
def attributes_that_moto_lacks(request: AwsRequest) -> Answer | None:
    """In moto the block devices are missing, and two others unknown (324)."""
    name = request.value("Attribute")
    if name not in ("blockDeviceMapping", "enaSupport", "enclaveOptions"):
        return None
    (instance,) = existing(request, [request.form.get("InstanceId", "")])
    told = {"enaSupport": "<enaSupport><value>true</value></enaSupport>"}
    told["enclaveOptions"] = "<enclaveOptions><enabled>false</enabled></enclaveOptions>"
    items = "".join(_device(mapping) for mapping in instance.block_device_mappings)
    told["blockDeviceMapping"] = f"<blockDeviceMapping>{items}</blockDeviceMapping>"
    if request.flag("DryRun"):
        raise AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
    return xml(f'<DescribeInstanceAttributeResponse xmlns="{_DOC}"><instanceId>{instance.id}</instanceId>{told[name]}'
               "</DescribeInstanceAttributeResponse>")  # fmt: skip


def _device(mapping: dict[str, Any]) -> str:
    disk = mapping["Ebs"]
    return (
        f"<item><deviceName>{escape(mapping['DeviceName'])}</deviceName><ebs><volumeId>{disk.volume_id}</volumeId>"
        f"<status>{disk.status}</status><attachTime>{disk.attach_time.strftime('%Y-%m-%dT%H:%M:%S.000Z')}</attachTime>"
        f"<deleteOnTermination>{str(bool(disk.delete_on_termination)).lower()}</deleteOnTermination></ebs></item>"
    )


@after("ec2", "GetConsoleOutput")
def console_is_of_this_instance(request: AwsRequest, answer: Answer) -> Answer:
    """moto's is from a machine of 2006 (325), and an instance that does not run yet has none (429)."""
    instance = instance_of(request, request.value("InstanceId"))
    if instance._state.name == "pending":
        return edited(answer, r"<output>[^<]*</output>", "")
    begun = instance.launch_time.strftime("%Y-%m-%d %H:%M:%S")
    lines = [f"[    0.000000] Linux version 6.1 ({instance.architecture})"]
    lines += [f"[    1.000000] {instance.instance_type}: booting from {instance.root_device_name}"]
    lines += [f"[    9.000000] cloud-init: finished at {begun} UTC", f"{instance.private_dns_name} login: "]
    text = b64encode("\n".join(lines).encode()).decode()
    return edited(answer, r"<output>[^<]*</output>", f"<output>{text}</output>")


# --- types and hibernation --------------------------------------------------------------------------------------------


@before("ec2", "StopInstances")
def hibernation_is_configured(request: AwsRequest) -> None:
    """moto stops them (327)."""
    for instance in existing(request, request.values("InstanceId")) if request.flag("Hibernate") else ():
        if str((instance.hibernation_options or {}).get("Configured")).lower() != "true":
            words = f"The instance '{instance.id}' is not configured for hibernation. That is done at the launch."
            raise AwsError("UnsupportedHibernationConfiguration", words)


@before("ec2", "RunInstances")
def hibernation_is_supported(request: AwsRequest) -> None:
    """The type supports it, and the root volume is encrypted; moto accepts any (327)."""
    if not request.flag("HibernationOptions.Configured"):
        return
    kind = request.form.get("InstanceType", "m1.small")
    if not types()[kind].get("HibernationSupported"):
        raise AwsError("UnsupportedHibernationConfiguration", f"The instance type {kind} does not hibernate.")
    image = request.ec2.amis.get(request.value("ImageId"))
    disks = {disk.get("DeviceName"): disk for disk in request.members("BlockDeviceMapping")}
    root = disks.get(getattr(image, "root_device_name", None), {})
    if str(root.get("Ebs.Encrypted")).lower() != "true":
        words = "An instance hibernates only if its root volume is encrypted."
        raise AwsError("UnsupportedHibernationConfiguration", words)
