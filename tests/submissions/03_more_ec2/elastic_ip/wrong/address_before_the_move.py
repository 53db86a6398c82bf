# loses: test_public_ip_is_the_fixed_address
# Answers with the address that the new machine had before.
import boto3

ec2 = boto3.client("ec2")
machine = ec2.describe_instances(InstanceIds=[given.new_instance_id])["Reservations"][0]["Instances"][0]
public_ip = machine["PublicIpAddress"]
ec2.associate_address(AllocationId=given.allocation_id, InstanceId=given.new_instance_id)
ec2.release_address(AllocationId=given.spare_allocation_id)
