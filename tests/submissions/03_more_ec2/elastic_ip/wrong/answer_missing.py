# loses: test_public_ip_is_the_fixed_address
# Prints the address, and leaves the variable at None.
import boto3

ec2 = boto3.client("ec2")
ec2.associate_address(AllocationId=given.allocation_id, InstanceId=given.new_instance_id)
ec2.release_address(AllocationId=given.spare_allocation_id)
print(ec2.describe_addresses(AllocationIds=[given.allocation_id])["Addresses"][0]["PublicIp"])
public_ip = None
