"""What costs money is told, whatever it is: new things, with their ids, and those that go with them only once."""

from collections.abc import Iterator
from typing import Any

import pytest

from drycloud.cloud.account.bill import price
from drycloud.cloud.account.costs import COSTLY, FREE
from drycloud.cloud.account.remainder import READ
from drycloud.cloud.account.snapshot import take_snapshot
from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine
from drycloud.cloud.warm import warm_up


@pytest.fixture(autouse=True)
def new_account() -> Iterator[None]:
    warm_up(["ec2", "s3"])
    yield
    engine.reset()


def image() -> str:
    found = client("ec2").describe_images(Filters=[{"Name": "name", "Values": ["al2023*x86_64"]}])["Images"]
    return str(found[0]["ImageId"])


def launch(ec2: Any, **words: Any) -> str:
    made = ec2.run_instances(ImageId=image(), InstanceType="t3.micro", MinCount=1, MaxCount=1, **words)
    return str(made["Instances"][0]["InstanceId"])


def test_every_collection_of_moto_is_known_to_cost_or_not() -> None:
    """A newer moto's collections are to be sorted: until then what is in them counts as costly, under moto's name."""
    held = {name for name in vars(engine.backends("ec2")["us-east-1"]) if not name.startswith(("_", "drycloud"))}
    assert held - READ == FREE.keys() | COSTLY.keys()
    assert not FREE.keys() & COSTLY.keys()


def test_everything_that_costs_is_told_once() -> None:
    """Machines running and stopped, disks, addresses, gateways, snapshots, images, Spot requests, objects, uploads."""
    before = take_snapshot()
    ec2, s3 = client("ec2"), client("s3")
    one, idle = launch(ec2), launch(ec2)
    ec2.stop_instances(InstanceIds=[idle])
    disk = ec2.create_volume(AvailabilityZone="us-east-1a", Size=9)["VolumeId"]
    held = ec2.create_volume(AvailabilityZone="us-east-1a", Size=7)["VolumeId"]
    ec2.attach_volume(VolumeId=held, InstanceId=one, Device="/dev/sdx")
    saved = ec2.create_snapshot(VolumeId=disk)["SnapshotId"]
    own = ec2.create_image(InstanceId=idle, Name="mine")["ImageId"]
    address = ec2.allocate_address(Domain="vpc")
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    gateway = ec2.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")["NatGateway"]["NatGatewayId"]
    asked = ec2.request_spot_instances(
        SpotPrice="0.00001", LaunchSpecification={"ImageId": image(), "InstanceType": "t3.micro"}
    )["SpotInstanceRequests"][0]["SpotInstanceRequestId"]
    s3.create_bucket(Bucket="mine")
    s3.put_object(Bucket="mine", Key="a", Body=b"text")
    part = {"Bucket": "mine", "Key": "b", "UploadId": s3.create_multipart_upload(Bucket="mine", Key="b")["UploadId"]}
    s3.upload_part(**part, PartNumber=1, Body=b"12345")
    now = take_snapshot()
    assert now.costs_since(before) == [
        f"the instance {one}, which is running",
        f"the instance {idle}, which is stopped",
        f"the volume {disk} (9 GiB)",
        f"the volume {held} (7 GiB)",
        f"the snapshot {saved} (9 GiB)",
        f"the image mine ({own})",
        f"the address {address['AllocationId']} ({address['PublicIp']})",
        f"the Spot request {asked}, which is open and may launch machines",
        f"the NAT gateway {gateway}",
        "the object mine/a",
        "the unfinished upload mine/b",
    ]
    assert now.changes_since(before) == []
    billed = {item.what: item.count for item in price(now).items}
    assert (billed["NAT gateway"], billed["S3 storage"]) == (1, 9.0)


def test_what_may_stay_goes_with_what_belongs_to_it() -> None:
    """A machine that was ordered brings its first disk, an image its snapshots, an object its versions."""
    before = take_snapshot()
    ec2, s3 = client("ec2"), client("s3")
    one = launch(ec2)
    own = ec2.create_image(InstanceId=one, Name="mine")["ImageId"]
    s3.create_bucket(Bucket="mine")
    s3.put_bucket_versioning(Bucket="mine", VersioningConfiguration={"Status": "Enabled"})
    for text in (b"one", b"two"):
        s3.put_object(Bucket="mine", Key="a", Body=text)
    now = take_snapshot()
    assert now.costs_since(before, but=[one, own, now.objects("mine")["a"]]) == []
    assert now.costs_since(before, but=[one, own, *now.inside("mine")]) == []
    assert len(now.costs_since(before)) == 4
    held = ec2.create_volume(AvailabilityZone="us-east-1a", Size=7)["VolumeId"]
    ec2.attach_volume(VolumeId=held, InstanceId=one, Device="/dev/sdx")
    assert take_snapshot().costs_since(now, but=[one]) == [f"the volume {held} (7 GiB)"]


def test_what_was_made_and_removed_again_is_nothing() -> None:
    """Harmless tries cost nobody a point: neither a change, nor a cost, nor an addition is left of them."""
    before = take_snapshot()
    ec2, s3 = client("ec2"), client("s3")
    ec2.terminate_instances(InstanceIds=[launch(ec2)])
    ec2.release_address(AllocationId=ec2.allocate_address(Domain="vpc")["AllocationId"])
    ec2.delete_volume(VolumeId=ec2.create_volume(AvailabilityZone="us-east-1a", Size=1)["VolumeId"])
    ec2.delete_security_group(GroupId=ec2.create_security_group(GroupName="g", Description="d")["GroupId"])
    ec2.delete_key_pair(KeyName=ec2.create_key_pair(KeyName="k")["KeyName"])
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    gateway = ec2.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")["NatGateway"]["NatGatewayId"]
    ec2.delete_nat_gateway(NatGatewayId=gateway)
    s3.create_bucket(Bucket="mine")
    s3.put_object(Bucket="mine", Key="a", Body=b"text")
    s3.delete_object(Bucket="mine", Key="a")
    s3.delete_bucket(Bucket="mine")
    client("ec2", "eu-west-1").describe_instances()
    now = take_snapshot()
    assert (now.changes_since(before), now.costs_since(before), now.additions_since(before)) == ([], [], [])


def test_what_a_region_came_with_is_watched_too() -> None:
    """Whoever is the first to look into a region has changed nothing there; whoever deletes its network has."""
    before = take_snapshot()
    far = client("ec2", "eu-west-1")
    group = far.describe_security_groups()["SecurityGroups"][0]["GroupId"]
    subnet = far.describe_subnets()["Subnets"][0]["SubnetId"]
    assert take_snapshot().changes_since(before) == []
    assert take_snapshot().made_since(before) == []
    far.delete_subnet(SubnetId=subnet)
    assert take_snapshot().changes_since(before) == [f"subnet {subnet} in eu-west-1 is gone"]
    assert take_snapshot().costs_since(before) == []
    assert group in take_snapshot()


def test_a_change_that_no_field_names_is_told() -> None:
    """Routes, gateways, network ACLs, attributes of a machine, and settings of a bucket: in words, with the id."""
    ec2, s3 = client("ec2"), client("s3")
    one = launch(ec2)
    s3.create_bucket(Bucket="theirs")
    before = take_snapshot()
    ec2.modify_instance_attribute(InstanceId=one, SourceDestCheck={"Value": False})
    table = ec2.describe_route_tables()["RouteTables"][0]["RouteTableId"]
    ec2.delete_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0")
    acl = ec2.describe_network_acls()["NetworkAcls"][0]["NetworkAclId"]
    words = {"NetworkAclId": acl, "RuleNumber": 1, "Protocol": "-1", "RuleAction": "deny", "CidrBlock": "0.0.0.0/0"}
    ec2.create_network_acl_entry(**words, Egress=False)
    website = {"IndexDocument": {"Suffix": "index.html"}}
    s3.put_bucket_website(Bucket="theirs", WebsiteConfiguration=website)
    told = take_snapshot().changes_since(before)
    assert told == [
        f"instance {one}: its source/destination check was True, is False",
        f"route table {table}: its routes changed",
        f"network ACL {acl}: its rules changed",
        "bucket theirs: its website changed",
    ]
    allowed = [(one, "source_dest_check"), (before.bucket("theirs"), "website_configuration")]
    assert take_snapshot().changes_since(before, but=allowed) == told[1:3]
