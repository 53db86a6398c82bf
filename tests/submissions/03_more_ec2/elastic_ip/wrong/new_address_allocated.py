# loses: test_fixed_address_leads_to_the_new_machine, test_fixed_address_is_kept_and_has_moved, test_nothing_else_changed, test_no_address_is_added, test_public_ip_is_the_fixed_address
# Gives the new machine a new address, and leaves the fixed one.
import boto3

ec2 = boto3.client("ec2")
new = ec2.allocate_address(Domain="vpc")
ec2.associate_address(AllocationId=new["AllocationId"], InstanceId=given.new_instance_id)
ec2.release_address(AllocationId=given.spare_allocation_id)
public_ip = new["PublicIp"]
