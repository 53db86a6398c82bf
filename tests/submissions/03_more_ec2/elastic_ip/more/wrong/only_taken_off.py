# loses: test_fixed_address_leads_to_the_new_machine
# Takes the fixed address off the old machine, and gives it to nobody.
import boto3

ec2 = boto3.client("ec2")
fixed = ec2.describe_addresses(AllocationIds=[given.allocation_id])["Addresses"][0]
ec2.disassociate_address(AssociationId=fixed["AssociationId"])
ec2.release_address(AllocationId=given.spare_allocation_id)
public_ip = fixed["PublicIp"]
