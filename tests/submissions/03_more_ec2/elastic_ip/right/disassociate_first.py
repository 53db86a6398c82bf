# Takes it off the old machine first, by the association, as older tutorials do; releases before.
import boto3

ec2 = boto3.client("ec2", region_name="us-east-1")
ec2.release_address(AllocationId=given.spare_allocation_id)
fixed = ec2.describe_addresses(
    Filters=[{"Name": "allocation-id", "Values": [given.allocation_id]}]
)["Addresses"][0]
public_ip = fixed["PublicIp"]
ec2.disassociate_address(AssociationId=fixed["AssociationId"])
ec2.associate_address(AllocationId=given.allocation_id, InstanceId=given.new_instance_id, AllowReassociation=False)
