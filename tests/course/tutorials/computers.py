# %% Save a new key pair so that ssh accepts it
import os

import boto3

ec2 = boto3.client("ec2")
key_pair = ec2.create_key_pair(KeyName="tutorial-key")
path = os.path.expanduser("~/tutorial-key.pem")
with open(path, "w") as handle:
    handle.write(key_pair["KeyMaterial"])
os.chmod(path, 0o400)
assert open(path).read().startswith("-----BEGIN RSA PRIVATE KEY-----")
assert oct(os.stat(path).st_mode)[-3:] == "400"
print(key_pair["KeyFingerprint"])

# %% Keep a key pair's private half with the resource API
import boto3

ec2 = boto3.resource("ec2", region_name="us-east-1")
with open("lesson.pem", "w") as outfile:
    key = ec2.create_key_pair(KeyName="lesson", KeyType="ed25519")
    outfile.write(str(key.key_material))
print([pair.name for pair in ec2.key_pairs.all()])
for pair in ec2.key_pairs.filter(KeyNames=["lesson"]):
    pair.delete()

# %% List and delete key pairs
import boto3

client = boto3.client("ec2")
client.create_key_pair(KeyName="to-be-deleted")
for pair in client.describe_key_pairs()["KeyPairs"]:
    print(f"{pair['KeyPairId']}: {pair['KeyName']} {pair['KeyFingerprint']} {pair['KeyType']}")
response = client.delete_key_pair(KeyName="to-be-deleted")
assert response["ResponseMetadata"]["HTTPStatusCode"] == 200

# %% Make a security group in the default VPC
import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client("ec2")
response = ec2.describe_vpcs()
vpc_id = response.get("Vpcs", [{}])[0].get("VpcId", "")
try:
    response = ec2.create_security_group(GroupName="web-and-ssh", Description="made by a tutorial", VpcId=vpc_id)
    security_group_id = response["GroupId"]
    print("Security group created", security_group_id, "in", vpc_id)
    data = ec2.authorize_security_group_ingress(
        GroupId=security_group_id,
        IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "ssh"}]},
        ],
    )
    print("Ingress set", data)
    assert data["Return"] is True
except ClientError as e:
    raise SystemExit(e)

# %% Look at a security group and delete it
import boto3
from botocore.exceptions import ClientError

ec2 = boto3.resource("ec2")
group = ec2.create_security_group(GroupName="short-lived", Description="soon gone")
group.authorize_ingress(IpProtocol="tcp", FromPort=443, ToPort=443, CidrIp="198.51.100.0/24")
group.load()
for permission in group.ip_permissions:
    print(permission["FromPort"], [r["CidrIp"] for r in permission["IpRanges"]])
print(boto3.client("ec2").describe_security_groups(GroupIds=[group.id])["SecurityGroups"][0]["GroupName"])
group.revoke_ingress(IpProtocol="tcp", FromPort=443, ToPort=443, CidrIp="198.51.100.0/24")
group.delete()
try:
    boto3.client("ec2").describe_security_groups(GroupIds=[group.id])
except ClientError as e:
    assert e.response["Error"]["Code"] == "InvalidGroup.NotFound"
else:
    raise AssertionError("it is still there")

# %% Create an instance with the resource API, wait, reload
import boto3

ec2 = boto3.resource("ec2")
ec2.create_key_pair(KeyName="for-create-instances")
sg = ec2.create_security_group(GroupName="for-create-instances", Description="ssh")
sg.authorize_ingress(CidrIp="0.0.0.0/0", IpProtocol="tcp", FromPort=22, ToPort=22)
instances = ec2.create_instances(
    ImageId=given.image_id,
    MinCount=1,
    MaxCount=1,
    InstanceType="t2.micro",
    KeyName="for-create-instances",
    SecurityGroupIds=[sg.id],
)
instance = instances[0]
instance.wait_until_running()
instance.reload()
print(f"{instance.id} runs at {instance.public_ip_address} ({instance.public_dns_name})")
assert instance.state == {"Code": 16, "Name": "running"}
assert instance.public_dns_name.startswith("ec2-") and instance.security_groups[0]["GroupId"] == sg.id
instance.terminate()
instance.wait_until_terminated()
sg.delete()

# %% Launch with the client: tags, user data, waiter
import boto3

user_data = """#!/bin/bash
yum update -y
yum install -y httpd
systemctl enable --now httpd
"""
ec2_client = boto3.client("ec2", region_name="us-east-1")
instances = ec2_client.run_instances(
    ImageId=given.image_id,
    MinCount=1,
    MaxCount=1,
    InstanceType="t3.micro",
    UserData=user_data,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web-server"}, {"Key": "env", "Value": "dev"}]}],
)
instance_id = instances["Instances"][0]["InstanceId"]
waiter = ec2_client.get_waiter("instance_running")
waiter.wait(InstanceIds=[instance_id], WaiterConfig={"Delay": 1, "MaxAttempts": 30})
status_waiter = ec2_client.get_waiter("instance_status_ok")
status_waiter.wait(InstanceIds=[instance_id])
data = ec2_client.describe_instance_attribute(InstanceId=instance_id, Attribute="userData")
import base64

assert base64.b64decode(data["UserData"]["Value"]).decode() == user_data
ec2_client.terminate_instances(InstanceIds=[instance_id])

# %% Launch with a network interface that gets a public address
import boto3

ec2 = boto3.client("ec2")
subnet = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"][0]
group = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["default"]}])["SecurityGroups"][0]
response = ec2.run_instances(
    ImageId=given.image_id,
    InstanceType="t3.nano",
    MinCount=1,
    MaxCount=1,
    NetworkInterfaces=[
        {"DeviceIndex": 0, "SubnetId": subnet["SubnetId"], "AssociatePublicIpAddress": True, "Groups": [group["GroupId"]]}
    ],
)
instance = response["Instances"][0]
assert instance["SubnetId"] == subnet["SubnetId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance["InstanceId"]])
found = ec2.describe_instances(InstanceIds=[instance["InstanceId"]])["Reservations"][0]["Instances"][0]
assert found["PublicIpAddress"]
ec2.terminate_instances(InstanceIds=[instance["InstanceId"]])

# %% Say how large the disk is
import boto3

ec2 = boto3.resource("ec2")
root = ec2.Image(given.image_id).root_device_name
(instance,) = ec2.create_instances(
    ImageId=given.image_id,
    InstanceType="t3.small",
    MinCount=1,
    MaxCount=1,
    BlockDeviceMappings=[{"DeviceName": root, "Ebs": {"VolumeSize": 30, "VolumeType": "gp3", "DeleteOnTermination": True}}],
)
instance.wait_until_running()
for volume in instance.volumes.all():
    print(volume.id, volume.size, volume.volume_type, volume.state)
assert [volume.size for volume in instance.volumes.all()] == [30]
instance.terminate()

# %% List all instances in nested loops
import boto3

ec2 = boto3.client("ec2")
response = ec2.describe_instances()
seen = 0
for reservation in response["Reservations"]:
    for instance in reservation["Instances"]:
        print(instance["InstanceId"], instance["InstanceType"], instance["State"]["Name"], instance["LaunchTime"].date())
        seen += 1
assert seen

# %% Describe with filters and pick the name tag
import boto3

ec2 = boto3.client("ec2")
custom_filter = [
    {"Name": "tag:Name", "Values": ["web"]},
    {"Name": "instance-state-name", "Values": ["running", "pending"]},
]
names = {}
for reservation in ec2.describe_instances(Filters=custom_filter)["Reservations"]:
    for instance in reservation["Instances"]:
        for tag in instance["Tags"]:
            if tag["Key"] == "Name":
                names[instance["InstanceId"]] = tag["Value"]
assert names == {given.instance_id: "web"}, names

# %% Go through the running ones with a collection
import boto3

ec2 = boto3.resource("ec2")
instances = ec2.instances.filter(Filters=[{"Name": "instance-state-name", "Values": ["running"]}])
for instance in instances:
    print(
        "Id: {0}\nPlatform: {1}\nType: {2}\nPublic IPv4: {3}\nAMI: {4}\nState: {5}\n".format(
            instance.id, instance.platform, instance.instance_type, instance.public_ip_address, instance.image.id, instance.state
        )
    )
assert given.instance_id in [i.id for i in instances]

# %% What belongs to an instance
import boto3

instance = boto3.resource("ec2").Instance(given.instance_id)
print(instance.vpc.id, instance.subnet.id, instance.placement["AvailabilityZone"], instance.architecture)
print([group["GroupName"] for group in instance.security_groups], instance.key_name, instance.private_ip_address)
print([nic.id for nic in instance.network_interfaces], [volume.size for volume in instance.volumes.all()])
print(instance.root_device_name, instance.monitoring, instance.launch_time.isoformat())
assert instance.vpc.is_default and instance.image.state == "available"

# %% Page through instances and search with JMESPath
import boto3

paginator = boto3.client("ec2").get_paginator("describe_instances")
pages = paginator.paginate(PaginationConfig={"PageSize": 50})
ids = list(pages.search("Reservations[].Instances[?State.Name=='running'][].InstanceId"))
assert given.instance_id in ids

# %% Stop, start, reboot, with waiters
import boto3

ec2 = boto3.client("ec2")
new = ec2.run_instances(ImageId=given.image_id, InstanceType="t3.micro", MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[new])
stopping = ec2.stop_instances(InstanceIds=[new])["StoppingInstances"][0]
assert stopping["PreviousState"]["Name"] == "running"
ec2.get_waiter("instance_stopped").wait(InstanceIds=[new])
ec2.modify_instance_attribute(InstanceId=new, InstanceType={"Value": "t3.small"})
ec2.start_instances(InstanceIds=[new])
ec2.get_waiter("instance_running").wait(InstanceIds=[new])
ec2.reboot_instances(InstanceIds=[new])
assert ec2.describe_instances(InstanceIds=[new])["Reservations"][0]["Instances"][0]["InstanceType"] == "t3.small"
ec2.terminate_instances(InstanceIds=[new])
ec2.get_waiter("instance_terminated").wait(InstanceIds=[new])

# %% Stop and end a whole collection at once
import boto3

ec2 = boto3.resource("ec2")
made = ec2.create_instances(
    ImageId=given.image_id, InstanceType="t3.nano", MinCount=2, MaxCount=2,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "batch", "Value": "seven"}]}],
)
for one in made:
    one.wait_until_running()
batch = ec2.instances.filter(Filters=[{"Name": "tag:batch", "Values": ["seven"]}])
print(batch.stop())
for one in made:
    one.wait_until_stopped()
answers = ec2.instances.filter(InstanceIds=[one.id for one in made]).terminate()
assert sum(len(answer["TerminatingInstances"]) for answer in answers) == 2

# %% Ask with DryRun first
import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client("ec2")
try:
    ec2.stop_instances(InstanceIds=[given.instance_id], DryRun=True)
except ClientError as e:
    if "DryRunOperation" not in str(e):
        raise
assert ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]["State"]["Name"] == "running"

# %% Switch detailed monitoring on and off
import boto3

ec2 = boto3.client("ec2")
response = ec2.monitor_instances(InstanceIds=[given.instance_id])
print(response["InstanceMonitorings"])
response = ec2.unmonitor_instances(InstanceIds=[given.instance_id])
print(response["InstanceMonitorings"])

# %% The status checks of an instance
import boto3

ec2 = boto3.client("ec2")
for status in ec2.describe_instance_status(InstanceIds=[given.instance_id])["InstanceStatuses"]:
    print(status["InstanceState"]["Name"], status["SystemStatus"]["Status"], status["InstanceStatus"]["Status"])
    assert status["InstanceStatus"]["Status"] == "ok"
ec2.describe_instance_status(IncludeAllInstances=True)

# %% The console output
import boto3

ec2 = boto3.resource("ec2")
print(ec2.Instance(given.instance_id).console_output().get("Output"))
print(boto3.client("ec2").get_console_output(InstanceId=given.instance_id)["InstanceId"])

# %% Tag what is there, read the tags, take one away
import boto3

ec2 = boto3.resource("ec2")
ec2.create_tags(Resources=[given.instance_id], Tags=[{"Key": "owner", "Value": "ada"}, {"Key": "stage", "Value": "trial"}])
tags = {tag["Key"]: tag["Value"] for tag in ec2.Instance(given.instance_id).tags}
assert tags == {"Name": "web", "owner": "ada", "stage": "trial"}
response = ec2.meta.client.describe_tags(Filters=[{"Name": "resource-id", "Values": [given.instance_id]}])
assert len(response["Tags"]) == 3
ec2.Instance(given.instance_id).delete_tags(Tags=[{"Key": "stage"}])
ec2.meta.client.delete_tags(Resources=[given.instance_id], Tags=[{"Key": "owner", "Value": "ada"}])

# %% An Elastic IP address: allocate, associate, describe, release
import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client("ec2")
try:
    allocation = ec2.allocate_address(Domain="vpc")
    response = ec2.associate_address(AllocationId=allocation["AllocationId"], InstanceId=given.instance_id)
    print(response["AssociationId"])
    filters = [{"Name": "domain", "Values": ["vpc"]}]
    for address in ec2.describe_addresses(Filters=filters)["Addresses"]:
        print(address["PublicIp"], address.get("InstanceId"))
    ec2.disassociate_address(AssociationId=response["AssociationId"])
    ec2.release_address(AllocationId=allocation["AllocationId"])
    print("Address released")
except ClientError as e:
    raise SystemExit(e)

# %% An Elastic IP address with the resource API
import boto3

ec2 = boto3.resource("ec2")
elastic_ip = ec2.VpcAddress(ec2.meta.client.allocate_address(Domain="vpc")["AllocationId"])
elastic_ip.associate(InstanceId=given.instance_id)
elastic_ip.reload()
assert elastic_ip.instance_id == given.instance_id
elastic_ip.association.delete()
elastic_ip.release()

# %% Regions and availability zones
import boto3

ec2 = boto3.client("ec2")
regions = [region["RegionName"] for region in ec2.describe_regions()["Regions"]]
assert "eu-central-1" in regions
for zone in ec2.describe_availability_zones()["AvailabilityZones"]:
    print(zone["ZoneName"], zone["State"], zone["RegionName"])
for name in regions[:4]:
    there = boto3.resource("ec2", region_name=name)
    print(name, len(list(there.instances.all())))

# %% The newest image of a family
import boto3

ec2 = boto3.client("ec2", region_name="us-east-1")
response = ec2.describe_images(
    Owners=["amazon"],
    Filters=[
        {"Name": "name", "Values": ["al2023-ami-*-x86_64"]},
        {"Name": "architecture", "Values": ["x86_64"]},
        {"Name": "state", "Values": ["available"]},
        {"Name": "virtualization-type", "Values": ["hvm"]},
        {"Name": "root-device-type", "Values": ["ebs"]},
    ],
)
images = sorted(response["Images"], key=lambda image: image["CreationDate"], reverse=True)
print(images[0]["ImageId"], images[0]["Name"])
assert len(images) > 1 and images[0]["CreationDate"] > images[-1]["CreationDate"]

# %% Ubuntu's newest image, by its publisher's account
import boto3

ec2 = boto3.resource("ec2")
images = ec2.images.filter(
    Owners=["099720109477"], Filters=[{"Name": "name", "Values": ["ubuntu/images/hvm-ssd*/ubuntu-*-amd64-server-*"]}]
)
newest = max(images, key=lambda image: image.creation_date)
print(newest.id, newest.name, newest.description)

# %% Instance types that fit
import boto3

ec2 = boto3.client("ec2")
paginator = ec2.get_paginator("describe_instance_types")
page_iterator = paginator.paginate(
    Filters=[
        {"Name": "processor-info.supported-architecture", "Values": ["x86_64"]},
        {"Name": "instance-type", "Values": ["*.micro", "*.small"]},
    ]
)
found = [t for page in page_iterator for t in page["InstanceTypes"]]
for t in found[:5]:
    print(t["InstanceType"], t["VCpuInfo"]["DefaultVCpus"], t["MemoryInfo"]["SizeInMiB"] / 1024)
assert {"t2.micro", "t3.small"} <= {t["InstanceType"] for t in found}

# %% A volume: create, attach, detach, delete
import boto3

ec2 = boto3.client("ec2")
zone = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]["Placement"]["AvailabilityZone"]
volume = ec2.create_volume(
    AvailabilityZone=zone, Size=8, VolumeType="gp3",
    TagSpecifications=[{"ResourceType": "volume", "Tags": [{"Key": "Name", "Value": "extra"}]}],
)
volume_id = volume["VolumeId"]
ec2.get_waiter("volume_available").wait(VolumeIds=[volume_id])
ec2.attach_volume(Device="/dev/sdf", InstanceId=given.instance_id, VolumeId=volume_id)
ec2.get_waiter("volume_in_use").wait(VolumeIds=[volume_id])
ec2.detach_volume(VolumeId=volume_id)
ec2.get_waiter("volume_available").wait(VolumeIds=[volume_id])
ec2.delete_volume(VolumeId=volume_id)
ec2.get_waiter("volume_deleted").wait(VolumeIds=[volume_id])

# %% Snapshots of all volumes, older ones deleted
import datetime

import boto3

ec2 = boto3.resource("ec2")
for volume in ec2.volumes.filter(Filters=[{"Name": "status", "Values": ["in-use"]}]):
    snapshot = volume.create_snapshot(Description=f"backup of {volume.id}")
    snapshot.create_tags(Tags=[{"Key": "made-by", "Value": "backup.py"}])
limit = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=1)
mine = ec2.snapshots.filter(OwnerIds=["self"], Filters=[{"Name": "tag:made-by", "Values": ["backup.py"]}])
for snapshot in mine:
    if snapshot.start_time < limit:
        snapshot.delete()
assert not list(mine.all())

# %% An image of an instance, and its end
import boto3

client = boto3.client("ec2")
image_id = client.create_image(InstanceId=given.instance_id, Name="web-golden-image", NoReboot=True)["ImageId"]
client.get_waiter("image_available").wait(ImageIds=[image_id])
(image,) = client.describe_images(Owners=["self"])["Images"]
assert image["ImageId"] == image_id
snapshots = [m["Ebs"]["SnapshotId"] for m in image["BlockDeviceMappings"] if "Ebs" in m]
client.deregister_image(ImageId=image_id)
for snapshot_id in snapshots:
    client.delete_snapshot(SnapshotId=snapshot_id)

# %% A spot instance by a request
import boto3

ec2 = boto3.client("ec2")
response = ec2.request_spot_instances(
    SpotPrice="0.05", InstanceCount=1, Type="one-time",
    LaunchSpecification={"ImageId": given.image_id, "InstanceType": "t3.micro"},
)
request_id = response["SpotInstanceRequests"][0]["SpotInstanceRequestId"]
ec2.get_waiter("spot_instance_request_fulfilled").wait(SpotInstanceRequestIds=[request_id])
request = ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[request_id])["SpotInstanceRequests"][0]
ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[request_id])
ec2.terminate_instances(InstanceIds=[request["InstanceId"]])

# %% A spot instance by run_instances
import boto3

ec2 = boto3.resource("ec2")
(instance,) = ec2.create_instances(
    ImageId=given.image_id, InstanceType="t3.micro", MinCount=1, MaxCount=1,
    InstanceMarketOptions={"MarketType": "spot", "SpotOptions": {"MaxPrice": "0.02", "SpotInstanceType": "one-time"}},
)
instance.wait_until_running()
instance.reload()
assert instance.instance_lifecycle == "spot"
instance.terminate()

# %% What spot instances cost at the moment
import datetime

import boto3

ec2 = boto3.client("ec2")
history = ec2.describe_spot_price_history(
    InstanceTypes=["t3.micro"], ProductDescriptions=["Linux/UNIX"], StartTime=datetime.datetime.now(datetime.timezone.utc), MaxResults=5
)
for entry in history["SpotPriceHistory"]:
    print(entry["AvailabilityZone"], float(entry["SpotPrice"]))

# %% A launch template
import boto3

ec2 = boto3.client("ec2")
ec2.create_launch_template(
    LaunchTemplateName="worker", LaunchTemplateData={"ImageId": given.image_id, "InstanceType": "t3.nano"}
)
launched = ec2.run_instances(LaunchTemplate={"LaunchTemplateName": "worker"}, MinCount=1, MaxCount=1)["Instances"][0]
assert launched["InstanceType"] == "t3.nano"
ec2.terminate_instances(InstanceIds=[launched["InstanceId"]])
ec2.delete_launch_template(LaunchTemplateName="worker")

# %% Protect an instance against termination
import boto3
from botocore.exceptions import ClientError

ec2 = boto3.resource("ec2")
(instance,) = ec2.create_instances(ImageId=given.image_id, InstanceType="t3.nano", MinCount=1, MaxCount=1)
instance.modify_attribute(DisableApiTermination={"Value": True})
assert instance.describe_attribute(Attribute="disableApiTermination")["DisableApiTermination"]["Value"]
try:
    instance.terminate()
except ClientError as e:
    assert e.response["Error"]["Code"] == "OperationNotPermitted"
instance.modify_attribute(DisableApiTermination={"Value": False})
instance.terminate()

# %% A class of one's own around an instance, with logging
import logging

import boto3
from botocore.exceptions import ClientError

logger = logging.getLogger(__name__)


class InstanceWrapper:
    """Keeps a resource and the instance that it made."""

    def __init__(self, ec2_resource, instance=None):
        self.ec2_resource = ec2_resource
        self.instance = instance

    @classmethod
    def from_resource(cls):
        return cls(boto3.resource("ec2"))

    def create(self, image, instance_type):
        try:
            self.instance = self.ec2_resource.create_instances(
                ImageId=image, InstanceType=instance_type, MinCount=1, MaxCount=1
            )[0]
            self.instance.wait_until_running()
        except ClientError as err:
            logger.error("No instance. %s: %s", err.response["Error"]["Code"], err.response["Error"]["Message"])
            raise
        return self.instance

    def terminate(self):
        if self.instance is None:
            return logger.info("Nothing to end.")
        self.instance.terminate()
        self.instance.wait_until_terminated()
        self.instance = None


wrapper = InstanceWrapper.from_resource()
print(wrapper.create(given.image_id, "t2.micro").id)
wrapper.terminate()
try:
    wrapper.create(given.image_id, "t2.enormous")
except ClientError as err:
    assert err.response["Error"]["Code"] == "InvalidParameterValue"

# %% A network of one's own: VPC, subnet, gateway, route
import boto3

ec2 = boto3.resource("ec2")
vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")
vpc.create_tags(Tags=[{"Key": "Name", "Value": "my_vpc"}])
vpc.wait_until_available()
gateway = ec2.create_internet_gateway()
vpc.attach_internet_gateway(InternetGatewayId=gateway.id)
table = vpc.create_route_table()
table.create_route(DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway.id)
subnet = ec2.create_subnet(CidrBlock="10.0.1.0/24", VpcId=vpc.id)
table.associate_with_subnet(SubnetId=subnet.id)
group = ec2.create_security_group(GroupName="in-my-vpc", Description="only ssh", VpcId=vpc.id)
group.authorize_ingress(CidrIp="0.0.0.0/0", IpProtocol="tcp", FromPort=22, ToPort=22)
(instance,) = ec2.create_instances(
    ImageId=given.image_id, InstanceType="t2.micro", MaxCount=1, MinCount=1,
    NetworkInterfaces=[{"SubnetId": subnet.id, "DeviceIndex": 0, "AssociatePublicIpAddress": True, "Groups": [group.group_id]}],
)
instance.wait_until_running()
assert instance.vpc_id == vpc.id and instance.private_ip_address.startswith("10.0.1.")
instance.terminate()
instance.wait_until_terminated()

# %% A session with explicit credentials
import os

import boto3

session = boto3.Session(
    aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"],
    aws_secret_access_key=os.environ["AWS_SECRET_ACCESS_KEY"],
    region_name="us-east-1",
)
print(session.client("ec2").describe_instances()["ResponseMetadata"]["HTTPStatusCode"])
print(session.region_name, "ec2" in session.get_available_services(), "eu-west-1" in session.get_available_regions("ec2"))

# %% Who am I?
import boto3

identity = boto3.client("sts").get_caller_identity()
print(identity["Account"], identity["Arn"], identity["UserId"])
assert len(identity["Account"]) == 12

# %% Tags by the filter that takes key and value together
import boto3

client = boto3.client("ec2")
client.create_tags(Resources=[given.instance_id], Tags=[{"Key": "cost-centre", "Value": "42"}])
tags = client.describe_tags(Filters=[{"Name": "tag:cost-centre", "Values": ["42"]}])["Tags"]
assert [tag["ResourceId"] for tag in tags] == [given.instance_id]
client.delete_tags(Resources=[given.instance_id], Tags=[{"Key": "cost-centre"}])

# %% Which types a region offers
import boto3

ec2 = boto3.client("ec2", region_name="eu-west-1")
offered = ec2.describe_instance_type_offerings(LocationType="region", Filters=[{"Name": "instance-type", "Values": ["t3.micro", "t3.small"]}])
assert "t3.micro" in [o["InstanceType"] for o in offered["InstanceTypeOfferings"]]

# %% Instances by attributes that need a look-up
import boto3

ec2 = boto3.client("ec2")
reservation = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]
for name, value in (
    ("reservation-id", reservation["ReservationId"]),
    ("instance-state-code", "16"),
    ("root-device-type", "ebs"),
    ("tag-key", "Name"),
    ("tag-value", "web"),
    ("instance-type", "t3.*"),
):
    found = ec2.describe_instances(Filters=[{"Name": name, "Values": [value]}])["Reservations"]
    assert given.instance_id in [i["InstanceId"] for r in found for i in r["Instances"]], name

# %% A snapshot of a volume, and a volume from it
import boto3

ec2 = boto3.resource("ec2")
instance = ec2.Instance(given.instance_id)
(volume,) = instance.volumes.all()
snapshot = volume.create_snapshot(Description="before the update")
snapshot.wait_until_completed()
copy = ec2.create_volume(SnapshotId=snapshot.id, AvailabilityZone=instance.placement["AvailabilityZone"], VolumeType="gp3")
assert copy.size == volume.size
assert [s.id for s in ec2.snapshots.filter(OwnerIds=["self"])] == [snapshot.id]
ec2.meta.client.get_waiter("volume_available").wait(VolumeIds=[copy.id])
copy.delete()
snapshot.delete()
