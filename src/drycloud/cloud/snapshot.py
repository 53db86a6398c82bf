"""A snapshot of everything the account holds, in all regions, and what graders ask of it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from msgspec import structs

from drycloud.cloud import engine
from drycloud.cloud.harvest import harvest_ec2, harvest_s3
from drycloud.cloud.resources import AnyResource, Bucket, Instance, Object, ObjectVersion
from drycloud.cloud.rules.spot import fulfil_spot_requests
from drycloud.report import Frozen

Kind = Literal[
    "Instance",
    "Volume",
    "DiskSnapshot",
    "Image",
    "SecurityGroup",
    "KeyPair",
    "Address",
    "SpotRequest",
    "Bucket",
    "Object",
    "ObjectVersion",
]
# What AWS itself gives and takes while an instance stops, starts or ends: no deed of the student's own.
_CONSEQUENCES = {"public_ip", "private_ip", "public_dns", "groups", "subnet_id", "attached_to"}


class Snapshot(Frozen, frozen=True):
    """The account at one moment: resources by id, in the order in which they were made in each region, and objects
    in the order of their keys."""

    resources: dict[str, AnyResource] = {}

    def __contains__(self, id: str) -> bool:
        return id in self.resources

    def __getitem__(self, id: str) -> AnyResource:
        return self.resources[id]

    def get(self, id: object) -> AnyResource | None:
        """The resource of that id, or None (also for what is no id at all)."""
        return self.resources.get(id) if isinstance(id, str) else None

    def ids(
        self,
        kind: Kind,
        *,
        tag: tuple[str, str] | None = None,
        region: str | None = None,
        state: str | None = None,
    ) -> list[str]:
        """The ids of one kind of resource, narrowed by a tag (key, value), region and state."""
        return [
            r.id
            for r in self.resources.values()
            if type(r).__name__ == kind
            and (tag is None or r.tags.get(tag[0]) == tag[1])
            and (region is None or r.region == region)
            and (state is None or getattr(r, "state", None) == state)
        ]

    def instances(
        self, *, tag: tuple[str, str] | None = None, region: str | None = None, state: str | None = None
    ) -> list[str]:
        """The ids of instances (terminated ones stay listed, as on AWS), narrowed by tag, region and state."""
        return self.ids("Instance", tag=tag, region=region, state=state)

    def state(self, id: object) -> str:
        """The state of an instance or volume; 'absent' when there is none of that id."""
        return str(getattr(self.get(id), "state", "absent"))

    def bucket(self, name: str) -> Bucket | None:
        """The bucket of that name, or None."""
        found = self.resources.get(name)
        return found if isinstance(found, Bucket) else None

    def objects(self, bucket: str, prefix: str = "") -> dict[str, Object]:
        """The bucket's current objects by key, narrowed by a prefix, keys sorted."""
        found = {r.key: r for r in self.resources.values() if isinstance(r, Object) and r.bucket == bucket}
        return {key: found[key] for key in sorted(found) if key.startswith(prefix)}

    def versions(self, bucket: str, prefix: str = "") -> list[ObjectVersion]:
        """The bucket's versions and delete markers, narrowed by a prefix: keys sorted, the newest of each first."""
        found = [r for r in self.resources.values() if isinstance(r, ObjectVersion) and r.bucket == bucket]
        return sorted((r for r in found if r.key.startswith(prefix)), key=lambda r: r.key)

    def new_since(self, before: "Snapshot", kind: Kind) -> list[str]:
        """The ids of that kind that `before` does not hold."""
        return [id for id in self.ids(kind) if id not in before]

    def changes_since(
        self, before: "Snapshot", *, besides: Iterable[str] = (), fields: Mapping[str, Collection[str]] = {}
    ) -> list[str]:
        """What became of the resources that were there `before`, as sentences; those in `besides` may change.

        `fields` holds, by id, which fields alone of a resource may change: {"i-0aaa…": ["groups"]}.
        Volumes and addresses that follow from an instance's own end or stop are that instance's change, and
        are not told again; nor is what became of a version, where the object tells it.
        """
        spared = set(besides)
        told: list[str] = []
        for id, old in before.resources.items():
            new = self.resources.get(id)
            if id in spared or _follows(old, spared) or (isinstance(old, ObjectVersion) and _is_told(old, new, before)):
                continue
            if new is None:
                told.append(f"{_label(old)} is gone")
            else:
                told += [f"{_label(old)}: {text}" for text in _differences(old, new, fields.get(id, ()))]
        return told


def take_snapshot() -> Snapshot:
    """The account as it is now; reads moto's models, in the regions that were ever used."""
    fulfil_spot_requests()
    found: list[AnyResource] = []
    for region, backend in sorted(engine.backends("ec2").items()):
        found += harvest_ec2(region, backend)
    for backend in engine.backends("s3").values():
        found += harvest_s3(backend)
    return Snapshot({r.id: r for r in found})


def _follows(old: AnyResource, spared: set[str]) -> bool:
    if isinstance(old, ObjectVersion):
        return f"{old.bucket}/{old.key}" in spared
    return getattr(old, "attached_to", None) in spared or getattr(old, "instance_id", None) in spared


def _is_told(old: ObjectVersion, new: AnyResource | None, before: Snapshot) -> bool:
    """Whether the object tells what became of this version of it."""
    bucket = before.bucket(old.bucket)
    return bucket is None or not bucket.versioning or (new is not None and old.is_latest)


def _label(r: AnyResource) -> str:
    words = {"DiskSnapshot": "snapshot", "SecurityGroup": "security group", "KeyPair": "key pair"}
    words |= {"ObjectVersion": "version", "SpotRequest": "Spot request"}
    kind = words.get(type(r).__name__, type(r).__name__.lower())
    name = getattr(r, "name", None)
    return f"{kind} {name or r.id}"


def _differences(old: AnyResource, new: AnyResource, spared: Collection[str]) -> list[str]:
    before, after = structs.asdict(old), structs.asdict(new)
    moved = isinstance(old, Instance) and isinstance(new, Instance) and old.state != new.state
    return [
        _difference(field, before[field], after[field])
        for field in before
        if before[field] != after[field]
        and not (moved and field in _CONSEQUENCES)
        and field not in ("etag", "data", "id", "is_latest", *spared)
    ]


def _difference(field: str, old: object, new: object) -> str:
    """The values; of lists what came and what went: they may be long, and differ in one item."""
    if isinstance(old, list) and isinstance(new, list):
        went, came = ([str(item) for item in a if item not in b] for a, b in ((old, new), (new, old)))
        told = [f"{verb} {_short(', '.join(items))}" for verb, items in (("lost", went), ("gained", came)) if items]
        if told:
            return f"{field} {', '.join(told)}"
    return f"{field} was {_short(old)}, is {_short(new)}"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
