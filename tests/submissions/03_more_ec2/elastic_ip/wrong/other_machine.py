# loses: test_fixed_address_leads_to_the_new_machine, test_nothing_else_changed, test_no_address_is_added, test_public_ip_is_the_fixed_address
# Moves the address to the first machine of the list that has none.
import boto3

ec2 = boto3.client("ec2")
machines = [i for r in ec2.describe_instances()["Reservations"] for i in r["Instances"]]
holders = {a.get("InstanceId") for a in ec2.describe_addresses()["Addresses"]}
free = [m["InstanceId"] for m in machines if m["InstanceId"] not in {given.new_instance_id, *holders}]
ec2.associate_address(AllocationId=given.allocation_id, InstanceId=free[0])
ec2.release_address(AllocationId=given.spare_allocation_id)
public_ip = ec2.describe_addresses(AllocationIds=[given.allocation_id])["Addresses"][0]["PublicIp"]
