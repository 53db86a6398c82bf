# loses: test_no_address_is_added
# Gives the old machine a new fixed address in exchange.
import boto3

ec2 = boto3.client("ec2")
ec2.associate_address(AllocationId=given.allocation_id, InstanceId=given.new_instance_id)
ec2.release_address(AllocationId=given.spare_allocation_id)
new = ec2.allocate_address(Domain="vpc")
ec2.associate_address(AllocationId=new["AllocationId"], InstanceId=given.old_instance_id)
public_ip = ec2.describe_addresses(AllocationIds=[given.allocation_id])["Addresses"][0]["PublicIp"]
