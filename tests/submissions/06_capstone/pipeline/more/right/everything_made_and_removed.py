# Makes what a careful person makes (key pair, group, disk, address, code in S3) and gives it all back but key and group.
import json
import statistics

import boto3
from botocore.exceptions import ClientError

session = boto3.Session(region_name="us-east-1")
ec2, s3 = session.client("ec2"), session.client("s3")

key = ec2.create_key_pair(KeyName="capstone", KeyType="ed25519")["KeyName"]
group = ec2.create_security_group(GroupName="capstone", Description="ssh from home")["GroupId"]
ec2.authorize_security_group_ingress(GroupId=group, IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp="203.0.113.7/32")
s3.put_object(Bucket=given.bucket, Key="code/job.json", Body=json.dumps({"key": given.dataset_key}).encode())

lines = open(given.prices_file).read().split()[1:]
types = [line.split(",")[0] for line in lines if float(line.split(",")[1]) <= given.max_usd_per_hour]
machine = ec2.run_instances(
    ImageId=given.image_id, InstanceType=types[-1], KeyName=key, SecurityGroupIds=[group], MinCount=1, MaxCount=1
)["Instances"][0]
instance_id = machine["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])
disk = ec2.create_volume(AvailabilityZone=machine["Placement"]["AvailabilityZone"], Size=10, VolumeType="gp3")[
    "VolumeId"
]
ec2.get_waiter("volume_available").wait(VolumeIds=[disk])
ec2.attach_volume(VolumeId=disk, InstanceId=instance_id, Device="/dev/sdf")
address = ec2.allocate_address(Domain="vpc")["AllocationId"]
ec2.associate_address(AllocationId=address, InstanceId=instance_id)

groups = {}
body = s3.get_object(Bucket=given.bucket, Key=given.dataset_key)["Body"]
for line in list(body.iter_lines())[1:]:
    name, value = line.decode().split(",")
    groups.setdefault(name, []).append(float(value))
text = "mean, group\n" + "".join(f"{statistics.fmean(v)}, {g}\n" for g, v in groups.items())
s3.put_object(Bucket=given.bucket, Key=given.result_key, Body=text.encode(), ContentType="text/csv")

ec2.terminate_instances(InstanceIds=[instance_id])
ec2.get_waiter("instance_terminated").wait(InstanceIds=[instance_id])
try:
    ec2.delete_volume(VolumeId=disk)
except ClientError:
    ec2.detach_volume(VolumeId=disk)
    ec2.delete_volume(VolumeId=disk)
ec2.release_address(AllocationId=address)
s3.delete_object(Bucket=given.bucket, Key="code/job.json")
