# loses: test_public_ip_is_the_fixed_address
# Types in the address that was seen while practising.
import boto3

ec2 = boto3.client("ec2")
ec2.associate_address(AllocationId=given.allocation_id, InstanceId=given.new_instance_id)
ec2.release_address(AllocationId=given.spare_allocation_id)
public_ip = "203.0.113.17"
