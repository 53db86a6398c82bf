# loses: test_nothing_else_changed
# Ends the old machine, which nobody asked for.
import boto3

ec2 = boto3.client("ec2")
ec2.associate_address(AllocationId=given.allocation_id, InstanceId=given.new_instance_id)
ec2.release_address(AllocationId=given.spare_allocation_id)
ec2.terminate_instances(InstanceIds=[given.old_instance_id])
public_ip = ec2.describe_addresses(AllocationIds=[given.allocation_id])["Addresses"][0]["PublicIp"]
