"""Snapshots: every kind of resource that moto models is read, whole, and survives JSON."""

import json

import msgspec
import pytest

from drycloud.cloud import upstream
from drycloud.cloud.account.bill import price
from drycloud.cloud.account.snapshot import Snapshot, take_snapshot
from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine


@pytest.fixture(autouse=True)
def new_account():
    upstream.apply()
    engine.reset()
    yield
    engine.reset()


def test_every_kind_is_read():
    """One of each kind, made through the API, with the fields that graders ask for."""
    ec2, s3 = client("ec2"), client("s3")
    key = ec2.create_key_pair(KeyName="my-key")["KeyPairId"]
    image = ec2.describe_images()["Images"][0]["ImageId"]
    launch = {"ImageId": image, "MinCount": 1, "MaxCount": 1, "InstanceType": "t3.micro", "KeyName": "my-key"}
    instance = ec2.run_instances(**launch)["Instances"][0]["InstanceId"]
    ec2.create_tags(Resources=[instance], Tags=[{"Key": "stage", "Value": "old"}])
    own = ec2.create_image(InstanceId=instance, Name="mine")["ImageId"]
    volume = ec2.create_volume(AvailabilityZone="us-east-1a", Size=9)["VolumeId"]
    snapshot = ec2.create_snapshot(VolumeId=volume)["SnapshotId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    group = ec2.create_security_group(GroupName="web", Description="d")["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=group, IpProtocol="tcp", FromPort=80, ToPort=81, CidrIp="198.51.100.0/24"
    )
    s3.create_bucket(Bucket="data-of-mine")
    s3.put_object(Bucket="data-of-mine", Key="a/b.csv", Body=b"1,2", ContentType="text/csv")
    now = take_snapshot()
    assert (now[instance].state, now[instance].key_name, now[instance].image_id) == ("running", "my-key", image)
    assert now.instances(tag=("stage", "old")) == [instance]
    assert (now[key].name, now[own].name, now[own].source_instance) == ("my-key", "mine", instance)
    assert (now[volume].size_gib, now[snapshot].volume_id, now[address].instance_id) == (9, volume, None)
    made_for = {id: now[id].image_id for id in now.ids("DiskSnapshot")}
    assert (made_for.pop(snapshot), list(made_for.values())) == (None, [own])
    (rule,) = now[group].inbound
    assert (rule.protocol, rule.from_port, rule.to_port, rule.source) == ("tcp", 80, 81, "198.51.100.0/24")
    stored = now.objects("data-of-mine", "a/")["a/b.csv"]
    assert (stored.size, stored.content_type, stored.data, stored.public) == (3, "text/csv", b"1,2", False)
    bucket = now.bucket("data-of-mine")
    assert (bucket.versioning, bucket.acls_disabled, bucket.public_access_blocked, bucket.public) == (
        "",
        True,
        True,
        False,
    )
    assert msgspec.json.decode(msgspec.json.encode(now), type=Snapshot) == now
    assert {item.what for item in price(now).items} >= {"t3.micro", "snapshots", "idle address", "S3 storage"}


PUBLIC = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIJZ0vZ9mGvrDSQoZx0f1tbFyW4RkzPYkmmvAkmLuM1u"
RFC4716 = f"""---- BEGIN SSH2 PUBLIC KEY ----
Comment: "256-bit ED25519"
{PUBLIC.split()[1]}
---- END SSH2 PUBLIC KEY ----
"""


@pytest.mark.parametrize("material", [PUBLIC, f"{PUBLIC} me@here\n", RFC4716])
def test_a_public_key_is_read_without_its_form(material):
    """Whatever form a key was imported in, and whatever its comment, it is told in OpenSSH's."""
    id = client("ec2").import_key_pair(KeyName="mine", PublicKeyMaterial=material.encode())["KeyPairId"]
    assert take_snapshot()[id].public_key == PUBLIC


def test_changes_are_told():
    """What became of what was there before is told in sentences, besides what may change."""
    ec2 = client("ec2")
    image = ec2.describe_images()["Images"][0]["ImageId"]
    made = ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=2, MaxCount=2)["Instances"]
    one, other = (i["InstanceId"] for i in made)
    before = take_snapshot()
    assert take_snapshot().changes_since(before) == []
    ec2.terminate_instances(InstanceIds=[one])
    ec2.create_tags(Resources=[other], Tags=[{"Key": "a", "Value": "b"}])
    told = take_snapshot().changes_since(before)
    assert f"instance {one}: state was running, is terminated" in told
    assert f"instance {other}: tags was {{}}, is {{'a': 'b'}}" in told
    assert take_snapshot().changes_since(before, but=[one, other]) == []


def test_objects_stand_in_the_order_of_their_keys():
    """Whichever of a sync's threads came first: reports that name the first object are the same each time."""
    s3 = client("s3")
    s3.create_bucket(Bucket="data-of-mine")
    for key in ("m", "z", "a"):
        s3.put_object(Bucket="data-of-mine", Key=key, Body=b"")
    assert take_snapshot().ids("Object") == [f"data-of-mine/{key}" for key in "amz"]


def test_large_contents_are_left_out():
    """An object's content is kept up to 64 KiB; a larger one is known by its digest, and a change is told by that."""
    s3 = client("s3")
    s3.create_bucket(Bucket="data-of-mine")
    s3.put_object(Bucket="data-of-mine", Key="small", Body=bytes(64 * 1024))
    s3.put_object(Bucket="data-of-mine", Key="large", Body=bytes(64 * 1024 + 1))
    before = take_snapshot()
    stored = before.objects("data-of-mine")
    assert (stored["small"].data, stored["large"].data) == (bytes(64 * 1024), None)
    s3.put_object(Bucket="data-of-mine", Key="small", Body=b"x" * 64 * 1024)
    (told,) = take_snapshot().changes_since(before)
    assert told.startswith("object data-of-mine/small: sha256 was ")


def test_single_fields_may_change():
    """What may change in one field is told when it changes in another, or goes."""
    ec2 = client("ec2")
    image = ec2.describe_images()["Images"][0]["ImageId"]
    made = ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)["Instances"]
    one = made[0]["InstanceId"]
    group, idle = (ec2.create_security_group(GroupName=n, Description="d")["GroupId"] for n in ("web", "idle"))
    before = take_snapshot()
    ec2.modify_instance_attribute(InstanceId=one, Groups=[group])
    assert take_snapshot().changes_since(before, but=[(one, "groups")]) == []
    ec2.create_tags(Resources=[one], Tags=[{"Key": "a", "Value": "b"}])
    ec2.delete_security_group(GroupId=idle)
    told = take_snapshot().changes_since(before, but=[(one, "groups"), (idle, "tags")])
    assert sorted(told) == [f"instance {one}: tags was {{}}, is {{'a': 'b'}}", f"security group idle ({idle}) is gone"]


def store(s3, *contents):
    """Put one object after the other under the same key, and then another key."""
    for content in contents:
        s3.put_object(Bucket="kept", Key="a.txt", Body=content)
    s3.put_object(Bucket="kept", Key="b.txt", Body=b"b")


def test_versions_are_read():
    """Versions and delete markers of a bucket, the newest of each key first."""
    s3 = client("s3")
    s3.create_bucket(Bucket="kept")
    store(s3, b"zero")
    s3.put_bucket_versioning(Bucket="kept", VersioningConfiguration={"Status": "Enabled"})
    store(s3, b"one", b"two")
    s3.delete_object(Bucket="kept", Key="a.txt")
    now = take_snapshot()
    kept = now.versions("kept")
    assert [(v.key, v.is_latest, v.is_delete_marker, v.size) for v in kept] == [
        ("a.txt", True, True, 0),
        ("a.txt", False, False, 3),
        ("a.txt", False, False, 3),
        ("a.txt", False, False, 4),
        ("b.txt", True, False, 1),
        ("b.txt", False, False, 1),
    ]
    assert (kept[3].version_id, now.bucket("kept").versioning) == ("null", "Enabled")
    assert [v.id for v in now.versions("kept", "b")] == [v.id for v in kept[4:]]
    assert list(now.objects("kept")) == ["b.txt"]
    assert msgspec.json.decode(msgspec.json.encode(now), type=Snapshot) == now


def test_lost_versions_are_told():
    """A version that is gone is a change of its own; without versioning it is the object's."""
    s3 = client("s3")
    s3.create_bucket(Bucket="kept")
    store(s3, b"zero")
    before = take_snapshot()
    store(s3, b"zero")
    assert take_snapshot().changes_since(before) == []
    s3.delete_object(Bucket="kept", Key="a.txt")
    assert take_snapshot().changes_since(before) == ["object kept/a.txt is gone"]
    s3.put_bucket_versioning(Bucket="kept", VersioningConfiguration={"Status": "Enabled"})
    store(s3, b"one", b"two")
    before = take_snapshot()
    s3.delete_object(Bucket="kept", Key="a.txt")
    assert take_snapshot().changes_since(before) == ["object kept/a.txt is gone"]
    first = before.versions("kept", "a")[1]
    s3.delete_object(Bucket="kept", Key="a.txt", VersionId=first.version_id)
    assert take_snapshot().changes_since(before, but=[before.objects("kept")["a.txt"]]) == []
    told = f"version kept/a.txt?versionId={first.version_id} is gone"
    assert take_snapshot().changes_since(before) == ["object kept/a.txt is gone", told]


def test_what_is_public_is_told():
    """A bucket's policy shows in the bucket and in the objects that it opens."""
    s3 = client("s3")
    s3.create_bucket(Bucket="kept")
    store(s3, b"zero")
    s3.delete_public_access_block(Bucket="kept")
    grant = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::kept/a*"}
    s3.put_bucket_policy(Bucket="kept", Policy=json.dumps({"Version": "2012-10-17", "Statement": [grant]}))
    now = take_snapshot()
    assert (now.bucket("kept").public, now.bucket("kept").public_access_blocked) == (True, False)
    assert [now.objects("kept")[key].public for key in ("a.txt", "b.txt")] == [True, False]
    assert "s3:GetObject" in now.bucket("kept").policy


def test_a_change_of_a_list_tells_the_items():
    """Of a group's rules and an instance's groups it is told which came and which went."""
    ec2 = client("ec2")
    image = ec2.describe_images()["Images"][0]["ImageId"]
    made = ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)["Instances"]
    one = made[0]["InstanceId"]
    group, other = (ec2.create_security_group(GroupName=n, Description="d")["GroupId"] for n in ("web", "ssh"))
    rules = [
        {"IpProtocol": "tcp", "FromPort": port, "ToPort": port + 1, "IpRanges": [{"CidrIp": "192.0.2.0/24"}]}
        for port in range(1000, 1010, 2)
    ]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rules[:4])
    ec2.modify_instance_attribute(InstanceId=one, Groups=[group])
    before = take_snapshot()
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rules[4:])
    ec2.modify_instance_attribute(InstanceId=one, Groups=[other])
    assert sorted(take_snapshot().changes_since(before)) == [
        f"instance {one}: groups lost {group}, gained {other}",
        f"security group web ({group}): inbound gained tcp 1008 to 1009 from 192.0.2.0/24",
    ]


def test_spot_requests_are_read():
    """Those that wait, those that have an instance, and those that are over; a persistent one gets another instance."""
    ec2 = client("ec2")
    image = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023*x86_64"]}])["Images"][0]["ImageId"]
    launch = {"ImageId": image, "InstanceType": "t3.micro"}

    def ask(**words):
        made = ec2.request_spot_instances(LaunchSpecification=launch, **words)["SpotInstanceRequests"]
        return made[0]["SpotInstanceRequestId"]

    tags = [{"ResourceType": "spot-instances-request", "Tags": [{"Key": "for", "Value": "train"}]}]
    one, low, keeps = ask(SpotPrice="0.01", TagSpecifications=tags), ask(SpotPrice="0.00001"), ask(Type="persistent")
    before = take_snapshot()
    assert (before[one].state, before[one].status, before[one].kind) == ("active", "fulfilled", "one-time")
    assert (before[one].max_price, before[one].tags, before[keeps].max_price) == ("0.01", {"for": "train"}, None)
    assert before[before[one].instance_id].lifecycle == "spot"
    assert (before[low].state, before[low].status, before[low].instance_id) == ("open", "price-too-low", None)
    ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[low])
    ec2.terminate_instances(InstanceIds=[before[one].instance_id, before[keeps].instance_id])
    now = take_snapshot()
    assert [now[id].state for id in (one, low, keeps)] == ["closed", "cancelled", "active"]
    assert now.new_since(before, "Instance") == [now[keeps].instance_id]
    assert f"Spot request {low}: state was open, is cancelled" in now.changes_since(before)
    assert msgspec.json.decode(msgspec.json.encode(now), type=Snapshot) == now
