"""Reading moto's models into plain values: much faster than its API, and complete.

moto is pinned: an attribute that a newer version renames fails the tests of this file, not a class run.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from drycloud.cloud.account.remainder import FOLLOWS, Remainder, others, read_others
from drycloud.cloud.account.resources import (
    Address,
    AnyResource,
    Bucket,
    DiskSnapshot,
    Image,
    Instance,
    KeyPair,
    NatGateway,
    Object,
    ObjectVersion,
    Rule,
    SecurityGroup,
    SpotRequest,
    Upload,
    Volume,
)
from drycloud.cloud.state.public import ENFORCED, blocks, is_open, may_be_read_by_all, policy_of
from drycloud.cloud.state.states import TimedState, is_leaving

_SMALL = 64 * 1024  # bytes: an object's content up to here is kept in the snapshot
_FLAGS = ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets")


# For each kind, moto's attributes that are fields here, follow from fields, or differ at each read.
_READ_OF_INSTANCE = FOLLOWS.union(
    ("state", "_state", "_reason", "state_reason", "instance_type", "image_id", "key_name", "launch_time"),
    ("security_groups", "_subnet_id", "disable_api_termination", "lifecycle", "_private_ips", "block_device_mapping"),
)
_READ_OF_VOLUME = FOLLOWS.union(("size", "volume_type", "attachment", "status"))
_READ_OF_SNAPSHOT = FOLLOWS.union(("volume", "from_ami", "status", "_made"))
_READ_OF_IMAGE = FOLLOWS.union(("name", "instance", "instance_id", "_made", "block_device_mapping"))
_READ_OF_GROUP = FOLLOWS.union(("name", "group_name", "group_id", "ingress_rules", "egress_rules"))
_READ_OF_KEY = FOLLOWS.union(("key_name", "key_fingerprint", "material", "material_public"))
_READ_OF_ADDRESS = FOLLOWS.union(("public_ip", "instance", "eni", "association_id"))
_READ_OF_GATEWAY = FOLLOWS.union(("state",))
_READ_OF_BUCKET = FOLLOWS.union(
    ("name", "keys", "multiparts", "versioning_status", "policy", "ownership_rule", "creation_date")
)
_READ_OF_OBJECT = FOLLOWS.union(
    ("name", "bucket_name", "last_modified", "_metadata", "_etag", "_version_id", "_is_versioned", "multipart"),
    ("_max_buffer_size", "_value_buffer", "disposed", "contentsize", "lock"),
    ("_status", "_transitions", "_time_progressed", "model_name"),
    ("checksum_algorithm", "checksum_value", "checksum_type", "checksum_parts"),
)


def read_ec2(region: str, backend: Any) -> list[AnyResource]:
    """The account's resources in one region, without public images and their snapshots."""
    own = backend.account_id
    instances = [i for r in backend.reservations.values() for i in r.instances]
    rest = others(backend)
    named: list[tuple[str, Any]] = [(i.id, i) for i in instances]
    named += [(v.id, v) for held in (backend.volumes, backend.snapshots, backend.amis) for v in held.values()]
    named += [(g.id, g) for groups in backend.groups.values() for g in groups.values()]
    named += [(name, thing) for _, name, thing in rest if hasattr(thing, "__dict__")]
    reader = Remainder(backend, named)
    return [
        *(_instance(region, i, reader) for i in instances),
        *(_volume(region, v, reader) for v in backend.volumes.values()),
        *(_disk_snapshot(region, s, reader) for s in backend.snapshots.values() if s.owner_id == own),
        *(_image(region, i, reader) for i in backend.amis.values() if i.owner_id == own),
        *(_group(region, g, reader) for groups in backend.groups.values() for g in groups.values()),
        *(_key_pair(region, k, reader) for k in backend.key_pairs.values()),
        *(_address(region, a, reader) for a in backend.addresses),
        *(_spot_request(region, r) for r in backend.spot_instance_requests.values()),
        *(_nat_gateway(region, n, reader) for n in backend.nat_gateways.values()),
        *read_others(region, backend, rest, reader),
    ]


def read_s3(backend: Any) -> list[AnyResource]:
    """All buckets, their objects, all versions, and uploads in progress."""
    found: list[AnyResource] = []
    for bucket in backend.buckets.values():
        reader = Remainder(backend, [(bucket.name, bucket)])
        found.append(_bucket(bucket, backend, reader))
        found += _stored(bucket, backend, reader)
        found += [_upload(bucket, name, upload) for name, upload in sorted(bucket.multiparts.items())]
    return found


def _tags(resource: Any) -> dict[str, str]:
    return {tag["key"]: tag["value"] or "" for tag in resource.get_tags()}


def _instance(region: str, i: Any, reader: Remainder) -> Instance:
    found = i.block_device_mapping.items()
    disks = {name: device for name, device in found if not is_leaving(getattr(device, "_attachment", None))}
    return Instance(
        id=i.id,
        region=region,
        tags=_tags(i),
        state=i._state.target if isinstance(i._state, TimedState) else i._state.name,
        instance_type=i.instance_type,
        image_id=i.image_id,
        key_name=i.key_name,
        groups=sorted({group.id for group in i.security_groups}),
        public_ip=i.public_ip,
        private_ip=i.private_ip,
        public_dns=i.public_dns_name if hasattr(i, "public_dns_name") else None,
        subnet_id=i.subnet_id,
        protected=_true(i.disable_api_termination),
        lifecycle=i.lifecycle,
        rest=reader.of(i, _READ_OF_INSTANCE) | {"block_device_mapping": reader.text(disks)},
    )


def _true(value: object) -> bool:
    return str(value).lower() == "true"  # moto keeps the value as it was sent: a bool, or its text


def _volume(region: str, v: Any, reader: Remainder) -> Volume:
    held = None if is_leaving(v.attachment) else v.attachment
    device = held.instance.block_device_mapping.get(held.device) if held else None
    return Volume(
        id=v.id,
        region=region,
        tags=_tags(v),
        state="in-use" if held else "available",  # the final state
        size_gib=int(v.size),
        volume_type=v.volume_type,
        attached_to=held.instance.id if held else None,
        ends_with_it=bool(device and device.delete_on_termination),
        rest=reader.of(v, _READ_OF_VOLUME),
    )


def _disk_snapshot(region: str, s: Any, reader: Remainder) -> DiskSnapshot:
    return DiskSnapshot(
        id=s.id,
        region=region,
        tags=_tags(s),
        volume_id=s.volume.id,
        size_gib=int(s.volume.size),
        image_id=s.from_ami,
        rest=reader.of(s, _READ_OF_SNAPSHOT),
    )


def _image(region: str, i: Any, reader: Remainder) -> Image:
    return Image(
        id=i.id,
        region=region,
        tags=_tags(i),
        name=i.name or "",
        source_instance=i.instance_id,
        rest=reader.of(i, _READ_OF_IMAGE),
    )


def _group(region: str, g: Any, reader: Remainder) -> SecurityGroup:
    tags = g.ec2_backend.tags
    told = [(r.id, r.description, tags.get(r.id)) for r in (*g.ingress_rules, *g.egress_rules)]
    return SecurityGroup(
        id=g.id,
        region=region,
        tags=_tags(g),
        name=g.name,
        inbound=[rule for r in g.ingress_rules for rule in _rules(r)],
        outbound=[rule for r in g.egress_rules for rule in _rules(r)],
        rest=reader.of(g, _READ_OF_GROUP) | {"descriptions": reader.text(told)},
    )


def _rules(r: Any) -> list[Rule]:
    source = (
        r.ip_range.get("CidrIp")
        or r.ip_range.get("CidrIpv6")
        or r.source_group.get("GroupId")
        or r.prefix_list_id
        or "?"
    )
    return [Rule(str(r.ip_protocol), _port(r.from_port), _port(r.to_port), source)]


def _port(value: Any) -> int | None:
    return None if value is None else int(value)


def _key_pair(region: str, k: Any, reader: Remainder) -> KeyPair:
    from moto.ec2.utils import public_key_parse

    return KeyPair(
        id=k.id,
        region=region,
        tags=_tags(k),
        name=k.key_name,
        fingerprint=k.key_fingerprint,
        public_key=_openssh(public_key_parse(k.material_public)),
        rest=reader.of(k, _READ_OF_KEY),
    )


def _openssh(public_key: Any) -> str:
    """A public key of `cryptography` in OpenSSH's format, in one line without a comment."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    text: bytes = public_key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    return text.decode()


def _address(region: str, a: Any, reader: Remainder) -> Address:
    return Address(
        id=a.allocation_id or a.public_ip,
        region=region,
        tags=_tags(a),
        public_ip=a.public_ip,
        instance_id=a.instance.id if a.instance else None,
        rest=reader.of(a, _READ_OF_ADDRESS) | ({} if a.instance or not a.eni else {"interface": a.eni.id}),
    )


def _spot_request(region: str, r: Any) -> SpotRequest:
    return SpotRequest(
        id=r.id,
        region=region,
        tags=_tags(r),
        state=r.state,
        status=r.status["Code"],
        kind=r.type,
        max_price=getattr(r, "max_price", r.spot_price),  # a fleet's request has only moto's attribute
        instance_id=r.instance.id if r.instance else None,
    )


def _nat_gateway(region: str, n: Any, reader: Remainder) -> NatGateway:
    return NatGateway(id=n.id, region=region, tags=_tags(n), state=n.state, rest=reader.of(n, _READ_OF_GATEWAY))


def _upload(bucket: Any, name: str, upload: Any) -> Upload:
    return Upload(
        id=f"{bucket.name}/{upload.key_name}?uploadId={name}",
        region=bucket.region_name,
        bucket=bucket.name,
        key=upload.key_name,
        size=sum(part.contentsize for part in upload.parts.values()),
    )


def _bucket(bucket: Any, backend: Any, reader: Remainder) -> Bucket:
    return Bucket(
        id=bucket.name,
        region=bucket.region_name,
        tags=backend.tagger.get_tag_dict_for_resource(bucket.arn),
        versioning=bucket.versioning_status or "",
        public_access_blocked=all(blocks(bucket, flag) for flag in _FLAGS),
        policy=policy_of(bucket),
        acls_disabled=bucket.ownership_rule == ENFORCED,
        public=is_open(bucket),
        rest=reader.of(bucket, _READ_OF_BUCKET),
    )


def _stored(bucket: Any, backend: Any, reader: Remainder) -> Iterator[AnyResource]:
    """Current objects, and all versions, the newest of each key first, sorted by key."""
    for name, versions in sorted(bucket.keys.lists()):
        for place, version in enumerate(reversed(versions)):
            about: dict[str, Any] = {"region": bucket.region_name, "bucket": bucket.name, "key": name}
            if hasattr(version, "value"):
                about |= _content(version, backend, reader)
                if place == 0:
                    yield Object(id=f"{bucket.name}/{name}", **about, public=may_be_read_by_all(bucket, version))
            yield ObjectVersion(
                id=f"{bucket.name}/{name}?versionId={version.version_id}",
                **about,
                version_id=version.version_id,
                is_latest=place == 0,
                is_delete_marker=not hasattr(version, "value"),
            )


def _content(key: Any, backend: Any, reader: Remainder) -> dict[str, Any]:
    data = key.value
    rest = reader.of(key, _READ_OF_OBJECT)
    rest |= {k: str(v) for k, v in key.metadata.items() if not k.startswith("x-amz-meta-") and k != "content-type"}
    return {
        "tags": backend.tagger.get_tag_dict_for_resource(key.arn),
        "size": key.contentsize,
        "content_type": key.metadata.get("Content-Type", key.metadata.get("content-type", "binary/octet-stream")),
        "etag": key.etag.strip('"'),
        "sha256": hashlib.sha256(data).hexdigest(),
        "data": data if len(data) <= _SMALL else None,
        "metadata": {k: str(v) for k, v in key.metadata.items() if k.startswith("x-amz-meta-")},
        "rest": rest,
    }
