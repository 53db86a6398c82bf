"""Reading moto's models into plain values: faster by far than asking its API, and whole.

moto is pinned: an attribute that a newer version renames fails the tests of this file, not a class run.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from drycloud.cloud.public import ENFORCED, blocks, is_open, may_be_read_by_all, policy_of
from drycloud.cloud.resources import (
    Address,
    AnyResource,
    Bucket,
    DiskSnapshot,
    Image,
    Instance,
    KeyPair,
    Object,
    ObjectVersion,
    Rule,
    SecurityGroup,
    SpotRequest,
    Volume,
)
from drycloud.cloud.states import TimedState

_SMALL = 64 * 1024  # bytes: an object's content up to here is kept in the snapshot
_FLAGS = ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets")


def harvest_ec2(region: str, backend: Any) -> list[AnyResource]:
    """What the account holds in one region; public images and their snapshots are left out."""
    own = backend.account_id
    return [
        *(_instance(region, i) for r in backend.reservations.values() for i in r.instances),
        *(_volume(region, v) for v in backend.volumes.values()),
        *(_disk_snapshot(region, s) for s in backend.snapshots.values() if s.owner_id == own),
        *(_image(region, i) for i in backend.amis.values() if i.owner_id == own),
        *(_group(region, g) for groups in backend.groups.values() for g in groups.values()),
        *(_key_pair(region, k) for k in backend.key_pairs.values()),
        *(_address(region, a) for a in backend.addresses),
        *(_spot_request(region, r) for r in backend.spot_instance_requests.values()),
    ]


def harvest_s3(backend: Any) -> list[AnyResource]:
    """All buckets, the objects in them, and all versions of these."""
    found: list[AnyResource] = []
    for bucket in backend.buckets.values():
        found.append(_bucket(bucket, backend))
        found += _stored(bucket, backend)
    return found


def _tags(resource: Any) -> dict[str, str]:
    return {tag["key"]: tag["value"] or "" for tag in resource.get_tags()}


def _instance(region: str, i: Any) -> Instance:
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
    )


def _true(value: object) -> bool:
    return str(value).lower() == "true"  # moto keeps what it was sent: a bool, or the text of one


def _volume(region: str, v: Any) -> Volume:
    return Volume(
        id=v.id,
        region=region,
        tags=_tags(v),
        state=v.status,
        size_gib=int(v.size),
        volume_type=v.volume_type,
        attached_to=v.attachment.instance.id if v.attachment else None,
    )


def _disk_snapshot(region: str, s: Any) -> DiskSnapshot:
    return DiskSnapshot(
        id=s.id,
        region=region,
        tags=_tags(s),
        volume_id=s.volume.id,
        size_gib=int(s.volume.size),
        image_id=s.from_ami,
    )


def _image(region: str, i: Any) -> Image:
    return Image(id=i.id, region=region, tags=_tags(i), name=i.name or "", source_instance=i.instance_id)


def _group(region: str, g: Any) -> SecurityGroup:
    return SecurityGroup(
        id=g.id,
        region=region,
        tags=_tags(g),
        name=g.name,
        inbound=[rule for r in g.ingress_rules for rule in _rules(r)],
        outbound=[rule for r in g.egress_rules for rule in _rules(r)],
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


def _key_pair(region: str, k: Any) -> KeyPair:
    from moto.ec2.utils import public_key_parse

    return KeyPair(
        id=k.id,
        region=region,
        tags=_tags(k),
        name=k.key_name,
        fingerprint=k.key_fingerprint,
        public_key=_openssh(public_key_parse(k.material_public)),
    )


def _openssh(public_key: Any) -> str:
    """A public key of `cryptography` in one line, as OpenSSH writes it, without a comment."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    text: bytes = public_key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    return text.decode()


def _address(region: str, a: Any) -> Address:
    return Address(
        id=a.allocation_id or a.public_ip,
        region=region,
        tags=_tags(a),
        public_ip=a.public_ip,
        instance_id=a.instance.id if a.instance else None,
    )


def _spot_request(region: str, r: Any) -> SpotRequest:
    return SpotRequest(
        id=r.id,
        region=region,
        tags=_tags(r),
        state=r.state,
        status=r.status["Code"],
        kind=r.type,
        max_price=getattr(r, "max_price", r.spot_price),  # a fleet's has moto's alone
        instance_id=r.instance.id if r.instance else None,
    )


def _bucket(bucket: Any, backend: Any) -> Bucket:
    return Bucket(
        id=bucket.name,
        region=bucket.region_name,
        tags=backend.tagger.get_tag_dict_for_resource(bucket.arn),
        versioning=bucket.versioning_status or "",
        public_access_blocked=all(blocks(bucket, flag) for flag in _FLAGS),
        policy=policy_of(bucket),
        acls_disabled=bucket.ownership_rule == ENFORCED,
        public=is_open(bucket),
    )


def _stored(bucket: Any, backend: Any) -> Iterator[AnyResource]:
    """Current objects, and all versions, the newest of each key first; by key, as the calls of a `sync` race."""
    for name, versions in sorted(bucket.keys.lists()):
        for place, version in enumerate(reversed(versions)):
            about: dict[str, Any] = {"region": bucket.region_name, "bucket": bucket.name, "key": name}
            if hasattr(version, "value"):
                about |= _content(version, backend)
                if place == 0:
                    yield Object(id=f"{bucket.name}/{name}", **about, public=may_be_read_by_all(bucket, version))
            yield ObjectVersion(
                id=f"{bucket.name}/{name}?versionId={version.version_id}",
                **about,
                version_id=version.version_id,
                is_latest=place == 0,
                is_delete_marker=not hasattr(version, "value"),
            )


def _content(key: Any, backend: Any) -> dict[str, Any]:
    data = key.value
    return {
        "tags": backend.tagger.get_tag_dict_for_resource(key.arn),
        "size": key.contentsize,
        "content_type": key.metadata.get("Content-Type", key.metadata.get("content-type", "binary/octet-stream")),
        "etag": key.etag.strip('"'),
        "sha256": hashlib.sha256(data).hexdigest(),
        "data": data if len(data) <= _SMALL else None,
        "metadata": {k: str(v) for k, v in key.metadata.items() if k.startswith("x-amz-meta-")},
    }
