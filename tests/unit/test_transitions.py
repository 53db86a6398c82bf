"""What is under way when a snapshot is taken counts as what it comes to."""

from collections.abc import Iterator
from typing import Any

import pytest

from drycloud.cloud.account.snapshot import take_snapshot
from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine
from drycloud.cloud.state.states import set_transition_seconds
from drycloud.cloud.warm import warm_up

ZONE = "us-east-1a"


@pytest.fixture
def ec2() -> Iterator[Any]:
    """A new account, in which changes begin to take long once `set_transition_seconds` says so."""
    warm_up(["ec2"])
    yield client("ec2")
    set_transition_seconds(0)
    engine.reset()


def test_what_is_deleted_or_detached_is_told_as_such_at_once(ec2: Any) -> None:
    """A volume that is being deleted is not left, and one that is being detached is free and off its instance."""
    image = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023*x86_64"]}])["Images"][0]["ImageId"]
    words = {"ImageId": image, "InstanceType": "t3.micro", "Placement": {"AvailabilityZone": ZONE}}
    instance = ec2.run_instances(**words, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    gone, free = (ec2.create_volume(AvailabilityZone=ZONE, Size=1)["VolumeId"] for _ in range(2))
    without = take_snapshot()
    ec2.attach_volume(VolumeId=free, InstanceId=instance, Device="/dev/sdf")
    set_transition_seconds(1000)
    ec2.delete_volume(VolumeId=gone)
    ec2.detach_volume(VolumeId=free)
    now = take_snapshot()
    assert now.state(gone) == "absent"
    assert now.state(free) == "available"
    assert now[instance] == without[instance]


def test_an_instance_that_ends_takes_its_volume_with_it(ec2: Any) -> None:
    """Its root volume is listed until it is terminated, and in no snapshot."""
    image = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023*x86_64"]}])["Images"][0]["ImageId"]
    instance = ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)["Instances"][0]
    set_transition_seconds(1000)
    ec2.terminate_instances(InstanceIds=[instance["InstanceId"]])
    assert [v["State"] for v in ec2.describe_volumes()["Volumes"]] == ["in-use"]
    assert not take_snapshot().ids("Volume")


def test_a_new_volume_is_available_to_checks(ec2: Any) -> None:
    """While it is creating for who asks, a check is not made to wait."""
    set_transition_seconds(1000)
    made = ec2.create_volume(AvailabilityZone=ZONE, Size=1)["VolumeId"]
    assert ec2.describe_volumes(VolumeIds=[made])["Volumes"][0]["State"] == "creating"
    assert take_snapshot().state(made) == "available"


def test_requests_on_the_market_are_all_fulfilled_at_once(ec2: Any) -> None:
    """However many wait: none is launched within the launch of another, which ends where Python calls no deeper."""
    image = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023*x86_64"]}])["Images"][0]["ImageId"]
    set_transition_seconds(1000)
    words = {"ImageId": image, "InstanceType": "t3.micro"}
    ec2.request_spot_instances(InstanceCount=300, LaunchSpecification=words)
    now = take_snapshot()
    assert len(now.all("SpotRequest", state="open")) == 300
    assert not now.instances()
    set_transition_seconds(0)
    assert len(take_snapshot().all("SpotRequest", state="active")) == len(take_snapshot().instances()) == 300
