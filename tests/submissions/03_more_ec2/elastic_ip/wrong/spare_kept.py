# loses: test_spare_address_is_released
# Forgets the spare address.
import boto3

ec2 = boto3.client("ec2")
ec2.associate_address(AllocationId=given.allocation_id, InstanceId=given.new_instance_id)
public_ip = ec2.describe_addresses(AllocationIds=[given.allocation_id])["Addresses"][0]["PublicIp"]
