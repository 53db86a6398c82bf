"""Filters of instances: those that AWS has, with wildcards; moto knows a third of them, and fails at the others."""

import fnmatch
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from drycloud.patching import Patch

_SPECIAL = re.compile(r"[*?\\]")
Values = Callable[[Any], Any]  # what a filter looks at: one value or a list, None for nothing


def _filter_instances_as_aws_does() -> None:
    from moto.ec2 import utils

    utils.passes_filter_dict = passes


def passes(instance: Any, filters: dict[str, list[str]]) -> bool:
    """Whether an instance passes all filters: for each one, one of its values must fit."""
    return all(fits(_looked_at(instance, name), patterns) for name, patterns in filters.items())


def _looked_at(instance: Any, name: str) -> Any:
    if name == "tag-key":
        return list(_tags(instance))
    if name == "tag-value":
        return list(_tags(instance).values())
    if name.startswith("tag:"):
        return _tags(instance).get(name[4:])
    return INSTANCE_FILTERS[name](instance)


def _tags(resource: Any) -> dict[str, str]:
    return resource.ec2_backend.tags.get(resource.id) or {}


def fits(value: Any, patterns: Iterable[str]) -> bool:
    """Whether a value, or one of a list, fits one of a filter's patterns."""
    if value is None:
        return False
    texts = [_text(one) for one in value] if isinstance(value, list) else [_text(value)]
    return any(_matches(text, pattern) for pattern in patterns for text in texts)


def _matches(text: str, pattern: str) -> bool:
    return bool(_pattern(pattern).fullmatch(text)) if _SPECIAL.search(pattern) else text == pattern


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:%Y-%m-%dT%H:%M:%S.000Z}" if isinstance(value, datetime) else str(value)


@lru_cache(maxsize=1000)
def _pattern(text: str) -> re.Pattern[str]:
    r"""* stands for any text, ? for one character, and \* and \? for themselves."""
    parts = re.findall(r"\\[*?\\]|.", text, flags=re.DOTALL)
    plain = {"[": "[[]", r"\*": "[*]", r"\?": "[?]", "\\\\": "\\"}
    # fnmatch's expressions never go back: many asterisks cost no more time than one.
    return re.compile(fnmatch.translate("".join(plain.get(part, part) for part in parts)))


# --- what filters look at ---------------------------------------------------------------------------------------------


def _devices(field: str) -> Values:
    return lambda instance: [getattr(device, field) for device in instance.block_device_mapping.values()]


def _statuses_of_devices(instance: Any) -> list[str]:
    return [mapping["Ebs"].status for mapping in instance.block_device_mappings]


def _interfaces(value: Values) -> Values:
    return lambda instance: [value(nic) for nic in instance.network_interfaces if value(nic) is not None]


def _address(field: str) -> Values:
    """A field of an interface's public address."""
    return _interfaces(lambda nic: nic.association.get(field))


def _attachment(field: str) -> Values:
    return _interfaces(lambda nic: getattr(nic.attachment, field, None))


def _options(field: str) -> Values:
    return lambda instance: getattr(instance.metadata_options, field)


def _read(path: str) -> Values:
    """An attribute of an instance, or one of that."""
    names = path.split(".")

    def value(instance: Any) -> Any:
        found = instance
        for name in names:
            found = getattr(found, name, None)
        return found

    return value


def _always(value: str | None) -> Values:
    return lambda _: value


def _zone_id(instance: Any) -> str | None:
    zones = instance.ec2_backend.describe_availability_zones()
    return next((zone.zone_id for zone in zones if zone.name == instance.availability_zone), None)


def _reservation(instance: Any) -> str | None:
    reservations = instance.ec2_backend.reservations.values()
    return next((r.id for r in reservations if any(i.id == instance.id for i in r.instances)), None)


def _profile(instance: Any) -> str | None:
    found = instance.ec2_backend.iam_instance_profile_associations.get(instance.id)
    return found.instance_profile.arn if found else None


# What no instance here has, and what all have.
_NOWHERE = "capacity-reservation-id iam-instance-profile.id ipv6-address kernel-id "
_NOWHERE += "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id "
_NOWHERE += "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn "
_NOWHERE += (
    "network-interface.addresses.association.carrier-ip network-interface.addresses.association.customer-owned-ip "
)
_NOWHERE += "network-interface.association.carrier-ip network-interface.association.customer-owned-ip "
_NOWHERE += "network-interface.ipv4-prefixes.ipv4-prefix network-interface.ipv6-address network-interface.outpost-arn "
_NOWHERE += "network-interface.ipv6-addresses.ipv6-address network-interface.ipv6-addresses.is-primary-ipv6 "
_NOWHERE += "network-interface.ipv6-prefixes.ipv6-prefix network-interface.operator.principal "
_NOWHERE += "network-interface.requester-id network-interface.tag-key network-interface.tag-value "
_NOWHERE += (
    "operator.principal outpost-arn placement-partition-number product-code.type ramdisk-id requester-id tpm-support"
)
_EVERYWHERE = {
    "affinity": "default",
    "boot-mode": "uefi-preferred",
    "capacity-reservation-specification.capacity-reservation-preference": "open",
    "current-instance-boot-mode": "uefi",
    "ena-support": "true",
    "enclave-options.enabled": "false",
    "hibernation-options.configured": "false",
    "maintenance-options.auto-recovery": "default",
    "metadata-options.http-protocol-ipv4": "enabled",
    "network-interface.addresses.primary": "true",
    "network-interface.attachment.network-card-index": "0",
    "network-interface.deny-all-igw-traffic": "false",
    "network-interface.ipv6-native": "false",
    "network-interface.operator.managed": "false",
    "network-interface.requester-managed": "false",
    "network-performance-options.bandwidth-weighting": "default",
    "operator.managed": "false",
    "private-dns-name-options.enable-resource-name-dns-a-record": "true",
    "private-dns-name-options.enable-resource-name-dns-aaaa-record": "false",
    "private-dns-name-options.hostname-type": "ip-name",
    "usage-operation": "RunInstances",
}

INSTANCE_FILTERS: dict[str, Values] = {
    "architecture": _read("architecture"),
    "availability-zone": _read("availability_zone"),
    "availability-zone-id": _zone_id,
    "block-device-mapping.attach-time": _devices("attach_time"),
    "block-device-mapping.delete-on-termination": _devices("delete_on_termination"),
    "block-device-mapping.device-name": lambda instance: list(instance.block_device_mapping),
    "block-device-mapping.status": _statuses_of_devices,
    "block-device-mapping.volume-id": _devices("volume_id"),
    "client-token": _read("client_token"),
    "dns-name": _read("public_dns_name"),
    "ebs-optimized": _read("ebs_optimized"),
    "group-id": lambda instance: [group.id for group in instance.security_groups],
    "host-id": _read("placement.host_id"),
    "hypervisor": _read("hypervisor"),
    "iam-instance-profile.arn": _profile,
    "image-id": _read("image_id"),
    "instance-id": _read("id"),
    "instance-lifecycle": _read("lifecycle"),
    "instance-state-code": _read("state_code"),
    "instance-state-name": _read("state"),
    "instance-type": _read("instance_type"),
    "instance.group-id": lambda instance: [group.id for group in instance.security_groups],
    "instance.group-name": lambda instance: [group.name for group in instance.security_groups],
    "ip-address": _read("public_ip"),
    "key-name": _read("key_name"),
    "launch-index": _read("ami_launch_index"),
    "launch-time": _read("launch_time"),
    "metadata-options.http-endpoint": _options("http_endpoint"),
    "metadata-options.http-protocol-ipv6": _options("http_protocol_ipv6"),
    "metadata-options.http-put-response-hop-limit": _options("http_put_response_hop_limit"),
    "metadata-options.http-tokens": _options("http_tokens"),
    "metadata-options.instance-metadata-tags": _options("instance_metadata_tags"),
    "metadata-options.state": _options("state"),
    "monitoring-state": _read("monitoring_state"),
    "network-interface.addresses.association.public-ip": _address("publicIp"),
    "network-interface.addresses.association.allocation-id": _address("allocationId"),
    "network-interface.addresses.association.association-id": _address("associationId"),
    "network-interface.addresses.association.ip-owner-id": _address("ipOwnerId"),
    "network-interface.addresses.association.public-dns-name": _address("publicDnsName"),
    "network-interface.addresses.private-dns-name": _read("private_dns_name"),
    "network-interface.addresses.private-ip-address": _interfaces(lambda nic: nic.private_ip_address),
    "network-interface.association.allocation-id": _address("allocationId"),
    "network-interface.association.association-id": _address("associationId"),
    "network-interface.association.ip-owner-id": _address("ipOwnerId"),
    "network-interface.association.public-dns-name": _address("publicDnsName"),
    "network-interface.association.public-ip": _address("publicIp"),
    "network-interface.attachment.attach-time": _attachment("attach_time"),
    "network-interface.attachment.instance-id": _attachment("instance_id"),
    "network-interface.attachment.instance-owner-id": _attachment("instance_owner_id"),
    "network-interface.attachment.attachment-id": _attachment("attachment_id"),
    "network-interface.attachment.delete-on-termination": _attachment("delete_on_termination"),
    "network-interface.attachment.device-index": _attachment("device_index"),
    "network-interface.attachment.status": _attachment("status"),
    "network-interface.availability-zone": _interfaces(lambda nic: nic.availability_zone),
    "network-interface.description": _interfaces(lambda nic: nic.description),
    "network-interface.group-id": lambda instance: [
        group.id for nic in instance.network_interfaces for group in nic.group_set
    ],
    "network-interface.group-name": lambda instance: [
        group.name for nic in instance.network_interfaces for group in nic.group_set
    ],
    "network-interface.mac-address": _interfaces(lambda nic: nic.mac_address),
    "network-interface.network-interface-id": _interfaces(lambda nic: nic.id),
    "network-interface.owner-id": _interfaces(lambda nic: nic.owner_id),
    "network-interface.public-dns-name": _read("public_dns_name"),
    "network-interface.source-dest-check": _interfaces(lambda nic: nic.source_dest_check),
    "network-interface.private-dns-name": _read("private_dns_name"),
    "network-interface.private-ip-address": _interfaces(lambda nic: nic.private_ip_address),
    "network-interface.status": _interfaces(lambda nic: nic.status),
    "network-interface.subnet-id": _interfaces(lambda nic: nic.subnet_id),
    "network-interface.vpc-id": _interfaces(lambda nic: nic.vpc_id),
    "owner-id": _read("owner_id"),
    "placement-group-name": _read("placement.group_name"),
    "platform": _read("platform"),
    "platform-details": lambda instance: "Windows" if instance.platform == "windows" else "Linux/UNIX",
    "private-dns-name": _read("private_dns_name"),
    "private-ip-address": _read("private_ip"),
    "product-code": _read("product_codes"),
    "reason": _read("state_transition_reason"),
    "reservation-id": _reservation,
    "root-device-name": _read("root_device_name"),
    "root-device-type": _read("root_device_type"),
    "source-dest-check": _read("source_dest_check"),
    "spot-instance-request-id": _read("spot_instance_request_id"),
    "state-reason-code": _read("state_reason.code"),
    "state-reason-message": _read("state_reason.message"),
    "subnet-id": _read("subnet_id"),
    "usage-operation-update-time": _read("launch_time"),
    "tenancy": _read("placement.tenancy"),
    "virtualization-type": _read("virtualization_type"),
    "vpc-id": _read("vpc_id"),
    **{name: _always(None) for name in _NOWHERE.split()},
    **{name: _always(value) for name, value in _EVERYWHERE.items()},
}

PATCHES = (
    Patch(
        _filter_instances_as_aws_does,
        "moto knows a third of the filters of instances, and fails at the others.",
        "5.2.5",
        rows=(50, 51),
    ),
)
