# loses: test_fixed_address_leads_to_the_new_machine, test_spare_address_is_released, test_fixed_address_is_kept_and_has_moved, test_nothing_else_changed, test_no_address_is_added, test_public_ip_is_the_fixed_address
# Takes the association for the allocation: AWS refuses.
import boto3

ec2 = boto3.client("ec2")
fixed = ec2.describe_addresses(AllocationIds=[given.allocation_id])["Addresses"][0]
ec2.associate_address(AllocationId=fixed["AssociationId"], InstanceId=given.new_instance_id)
ec2.release_address(AllocationId=given.spare_allocation_id)
public_ip = fixed["PublicIp"]
