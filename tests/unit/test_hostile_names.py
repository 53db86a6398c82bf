"""No name that a student can choose hides a thing of another kind, or takes its place."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drycloud.cloud.account.bill import price
from drycloud.cloud.account.snapshot import Snapshot, take_snapshot
from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine
from drycloud.cloud.warm import warm_up

KEYS = ("x", "x?versionId=null", "x?uploadId=1", "x ", "us-east-1 x", "Object us-east-1 there/x", "/", "\u00e9")


@pytest.fixture(scope="module")
def account() -> Any:
    """An account with one of each kind of thing that costs; its ids, and what a snapshot tells of it."""
    warm_up(["ec2", "s3"])
    engine.reset()
    ec2, s3 = client("ec2"), client("s3")
    image = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023*x86_64"]}])["Images"][0]["ImageId"]
    nothing = take_snapshot()
    ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=2, MaxCount=2)
    ec2.request_spot_instances(LaunchSpecification={"ImageId": image, "InstanceType": "t3.micro"}, Type="persistent")
    ec2.create_volume(AvailabilityZone="us-east-1a", Size=9)
    ec2.allocate_address(Domain="vpc")
    ec2.create_key_pair(KeyName="there")
    s3.create_bucket(Bucket="there")
    s3.put_object(Bucket="there", Key="x", Body=b"x")
    yield nothing, take_snapshot()
    engine.reset()


def named_like(held: Snapshot) -> list[str]:
    """The ids of all that there is, and the words that a snapshot's own keys are made of."""
    return sorted(
        {*(r.id for r in held.resources.values() if r.id.islower() and "/" not in r.id), "us-east-1"} - {"there"}
    )


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_name_hides_or_replaces_anything(account: Any, data: st.DataObject) -> None:
    """Buckets with the names of machines, addresses and requests, and keys that look like versions."""
    nothing, held = account
    names = data.draw(st.lists(st.sampled_from(named_like(held)), min_size=1, max_size=3, unique=True))
    keys = data.draw(st.lists(st.sampled_from(KEYS) | st.text(min_size=1, max_size=9), max_size=4, unique=True))
    s3 = client("s3")
    made = 0
    try:
        for name in names:
            s3.create_bucket(Bucket=name)
            for key in filter(is_key, keys):
                s3.put_object(Bucket=name, Key=key, Body=b"y")
                made += 1
        now = take_snapshot()
        assert len(now.resources) == len(held.resources) + len(names) + 2 * made
        assert now.changes_since(held) == []
        assert [now[r.id] for r in held.resources.values() if held.get(r.id)] == [
            r for r in held.resources.values() if held.get(r.id)
        ]
        assert now.costs_since(nothing)[: len(costs := held.costs_since(nothing)) - 1] == costs[:-1]
        assert len(now.costs_since(held)) == made
        assert price(now).items[:3] == price(held).items[:3]
        assert all(now.bucket(name) and len(now.objects(name)) == made // len(names) for name in names)
    finally:
        empty(s3, names)


def is_key(text: str) -> bool:
    """Whether S3 takes it as a key, and the simulator as one that is not another."""
    return text.encode("utf-8", "replace").decode() == text and text.strip("/.") == text and text.isprintable()


def empty(s3: Any, names: list[str]) -> None:
    """Take the buckets away."""
    for name in names:
        for each in s3.list_objects_v2(Bucket=name).get("Contents", []):
            s3.delete_object(Bucket=name, Key=each["Key"])
        s3.delete_bucket(Bucket=name)


def test_a_key_that_looks_like_a_version_hides_no_object(account: Any) -> None:
    """The key 'x?versionId=null' and the version null of the key 'x' are two things."""
    s3 = client("s3")
    s3.put_object(Bucket="there", Key="x?versionId=null", Body=b"mine")
    before = take_snapshot()
    s3.put_object(Bucket="there", Key="x", Body=b"another")
    (told,) = [text for text in take_snapshot().changes_since(before) if "sha256" in text]
    assert told.startswith("object there/x: ")
    s3.delete_object(Bucket="there", Key="x?versionId=null")
    s3.put_object(Bucket="there", Key="x", Body=b"x")
