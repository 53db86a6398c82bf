# Allocates one too many and gives it back; moves the wrong way first.
import boto3

ec2 = boto3.client("ec2")
extra = ec2.allocate_address(Domain="vpc")
ec2.associate_address(AllocationId=given.spare_allocation_id, InstanceId=given.new_instance_id)
ec2.release_address(AllocationId=extra["AllocationId"])
ec2.associate_address(AllocationId=given.allocation_id, InstanceId=given.new_instance_id)
ec2.release_address(AllocationId=given.spare_allocation_id)
(found,) = ec2.describe_addresses(Filters=[{"Name": "instance-id", "Values": [given.new_instance_id]}])["Addresses"]
public_ip = found["PublicIp"]
