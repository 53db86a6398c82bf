"""A snapshot of everything in the account, in all regions, with the queries that graders use."""

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Literal

from drycloud.cloud.account.costs import cost_told, is_costly, is_over, label
from drycloud.cloud.account.differences import differences
from drycloud.cloud.account.models import read_ec2, read_s3
from drycloud.cloud.account.resources import (
    AnyResource,
    Bucket,
    Instance,
    Object,
    ObjectVersion,
    Other,
    Resource,
    Stored,
    Upload,
    Volume,
)
from drycloud.cloud.moto import engine
from drycloud.cloud.rules.ec2.spot import fulfil_spot_requests
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
    "NatGateway",
    "Other",
    "Bucket",
    "Object",
    "ObjectVersion",
    "Upload",
]
# The id of an EC2 resource, or a resource from any snapshot.
Thing = str | AnyResource | None
# What may differ: a resource, or a resource and the names of the fields that may differ.
Allowed = Thing | tuple[Thing | str, ...]


class Snapshot(Frozen, frozen=True, dict=True):
    """The account at one point in time: resources by identity (kind, region and id), in the order of their creation in
    each region, and objects in the order of their keys.

    An id alone names an EC2 resource, whose ids AWS makes up. Students choose the names of buckets and keys: `bucket`,
    `objects` and `versions` find these. `came_with` holds what AWS created in each region when it was first used.
    """

    resources: dict[str, AnyResource] = {}
    came_with: dict[str, AnyResource] = {}

    @cached_property
    def _by_id(self) -> dict[str, AnyResource]:
        named = (r for r in self.resources.values() if not isinstance(r, Bucket | Stored | Upload | Other))
        return {r.id: r for r in named}

    @cached_property
    def _buckets(self) -> dict[str, Bucket]:
        return {r.id: r for r in self.resources.values() if isinstance(r, Bucket)}

    def __contains__(self, thing: object) -> bool:
        return self.get(thing) is not None

    def __getitem__(self, thing: Thing) -> AnyResource:
        found = self.get(thing)
        if found is None:
            raise KeyError(thing)
        return found

    def get(self, thing: object) -> AnyResource | None:
        """The EC2 resource with that id, or this snapshot's state of a given resource; None if there is none."""
        if isinstance(thing, Resource):
            return self.resources.get(thing.identity)
        return self._by_id.get(thing) if isinstance(thing, str) else None

    def all(
        self,
        kind: Kind,
        *,
        tag: tuple[str, str] | None = None,
        region: str | None = None,
        state: str | None = None,
    ) -> list[AnyResource]:
        """The resources of one kind, narrowed by a tag (key, value), region and state."""
        return [
            r
            for r in self.resources.values()
            if type(r).__name__ == kind
            and (tag is None or r.tags.get(tag[0]) == tag[1])
            and (region is None or r.region == region)
            and (state is None or getattr(r, "state", None) == state)
        ]

    def ids(
        self,
        kind: Kind,
        *,
        tag: tuple[str, str] | None = None,
        region: str | None = None,
        state: str | None = None,
    ) -> list[str]:
        """The ids of one kind of resource, narrowed as `all` does."""
        return [r.id for r in self.all(kind, tag=tag, region=region, state=state)]

    def instances(
        self, *, tag: tuple[str, str] | None = None, region: str | None = None, state: str | None = None
    ) -> list[str]:
        """The ids of instances (terminated ones stay listed, as on AWS), narrowed by tag, region and state."""
        return self.ids("Instance", tag=tag, region=region, state=state)

    def state(self, id: object) -> str:
        """The state of an instance or volume; 'absent' if there is none with that id."""
        return str(getattr(self.get(id), "state", "absent"))

    def bucket(self, name: str) -> Bucket | None:
        """The bucket with that name, or None."""
        return self._buckets.get(name)

    def objects(self, bucket: str, prefix: str = "") -> dict[str, Object]:
        """The bucket's current objects by key, narrowed by a prefix, keys sorted."""
        found = {r.key: r for r in self.resources.values() if isinstance(r, Object) and r.bucket == bucket}
        return {key: found[key] for key in sorted(found) if key.startswith(prefix)}

    def versions(self, bucket: str, prefix: str = "") -> list[ObjectVersion]:
        """The bucket's versions and delete markers, narrowed by a prefix: keys sorted, the newest of each first."""
        found = [r for r in self.resources.values() if isinstance(r, ObjectVersion) and r.bucket == bucket]
        return sorted((r for r in found if r.key.startswith(prefix)), key=lambda r: r.key)

    def inside(self, bucket: str) -> list[AnyResource]:
        """Everything in a bucket: objects, versions, delete markers and unfinished uploads."""
        return [r for r in self.resources.values() if isinstance(r, Stored | Upload) and r.bucket == bucket]

    # --- changes ------------------------------------------------------------------------------------------------------

    def made_since(self, before: "Snapshot", kind: Kind | None = None) -> list[AnyResource]:
        """What is not in `before`: of one kind, or of all without what is gone, such as terminated instances."""
        old = self._then(before)
        new = [r for identity, r in self.resources.items() if identity not in old]
        return [r for r in new if (type(r).__name__ == kind if kind else not is_over(r))]

    def new_since(self, before: "Snapshot", kind: Kind) -> list[str]:
        """The ids of that kind that are not in `before`."""
        return [r.id for r in self.made_since(before, kind)]

    def additions_since(self, before: "Snapshot") -> list[str]:
        """Everything that is new and still there, whether it costs money or not, in words with its id."""
        return [label(r) for r in self.made_since(before)]

    def costs_since(self, before: "Snapshot", *, but: Iterable[Thing] = ()) -> list[str]:
        """Everything new that costs money, in words with its id, except the things in `but` and what belongs to them.

        A machine's first disk is reported with the machine, an image's snapshots with the image, a version with its
        object.
        """
        left = [r for r in self.made_since(before) if is_costly(r)]
        spared = self._identities(but)
        told = {*spared, *(r.identity for r in left)}
        return [cost_told(r) for r in left if r.identity not in spared and not self._goes_with(r, told)]

    def changes_since(self, before: "Snapshot", *, but: Iterable[Allowed] = ()) -> list[str]:
        """All changes of what was there `before`, in words with its id, except those that are allowed.

        `but` holds ids or things that may change or go, and tuples of one and the fields in which it may change:
        ("i-0aaa…", "groups"). What follows from a thing that may change, such as the end of a machine's disks, may
        happen too. Changes of a version are not reported if its object reports them.
        """
        listed = list(but)
        spared = before._identities(each for each in listed if not isinstance(each, tuple))
        fields = {before._identity(each[0]): each[1:] for each in listed if isinstance(each, tuple)}
        told: list[str] = []
        for identity, old in self._then(before).items():
            new = self.resources.get(identity)
            if new == old or identity in spared or before._follows(old, spared) or self._is_told(old, new, before):
                continue
            if new is None:
                told.append(f"{label(old)} is gone")
            else:
                told += [f"{label(old)}: {text}" for text in differences(old, new, _names(fields.get(identity, ())))]
        return told

    def _then(self, before: "Snapshot") -> dict[str, AnyResource]:
        """What there was before, including what AWS would have created when a region is first used."""
        known = {r.region for r in before.came_with.values()}
        given = {identity: r for identity, r in self.came_with.items() if r.region not in known}
        return {**given, **before.resources} if given else before.resources

    def _identity(self, thing: object) -> str:
        found = thing if isinstance(thing, Resource) else self.get(thing)
        return found.identity if found is not None else ""

    def _identities(self, things: Iterable[object]) -> set[str]:
        return {self._identity(thing) for thing in things} - {""}

    def _owner(self, r: AnyResource) -> AnyResource | None:
        """What it belongs to: the instance of a disk, interface or address, the object of a version."""
        if isinstance(r, ObjectVersion):
            return self.resources.get(f"Object {r.region} {r.bucket}/{r.key}")
        return self.get(getattr(r, "attached_to", None) or getattr(r, "instance_id", None))

    def _follows(self, r: AnyResource, spared: Collection[str]) -> bool:
        owner = self._owner(r)
        return owner is not None and owner.identity in spared

    def _goes_with(self, r: AnyResource, told: Collection[str]) -> bool:
        """Whether it belongs to something that is reported, or allowed."""
        if isinstance(r, Volume):
            return r.ends_with_it and self._follows(r, told)
        if isinstance(r, ObjectVersion):
            return self._follows(r, told)
        image = self.get(getattr(r, "image_id", None)) if type(r).__name__ == "DiskSnapshot" else None
        return image is not None and image.identity in told

    def _is_told(self, old: AnyResource, new: AnyResource | None, before: "Snapshot") -> bool:
        """Whether its change is reported with something else: a version's object, an interface's instance."""
        if isinstance(old, ObjectVersion):
            bucket = before.bucket(old.bucket)
            return bucket is None or not bucket.versioning or (new is not None and old.is_latest)
        then = before.get(old.attached_to) if isinstance(old, Other) else None
        now = self.get(then) if then is not None else None
        return isinstance(then, Instance) and (now is None or self.state(then) != then.state)


def take_snapshot() -> Snapshot:
    """The account as it is now; reads moto's models, in the regions that were ever used."""
    fulfil_spot_requests()
    found: list[AnyResource] = []
    given: list[AnyResource] = []
    for region, backend in sorted(engine.backends("ec2").items()):
        found += read_ec2(region, backend)
        given += getattr(backend, engine.CAME_WITH, [])
    for backend in engine.backends("s3").values():
        found += read_s3(backend)
    return Snapshot({r.identity: r for r in found}, {r.identity: r for r in given})


def _names(fields: Iterable[object]) -> set[str]:
    return {str(name) for name in fields}
