# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Associate the fixed address with the new instance.
ec2.associate_address(AllocationId=given.allocation_id, InstanceId=given.new_instance_id)

# 2. Release the spare address.
ec2.release_address(AllocationId=given.spare_allocation_id)

# 3. Which address do the users know?
public_ip = ec2.describe_addresses(AllocationIds=[given.allocation_id])["Addresses"][0]["PublicIp"]
