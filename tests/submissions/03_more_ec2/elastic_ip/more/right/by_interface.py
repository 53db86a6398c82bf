# By the network interface of the new machine, and the whole list of addresses.
import boto3

client = boto3.client("ec2")


def interface_of(instance_id):
    reply = client.describe_instances(InstanceIds=[instance_id])
    return reply["Reservations"][0]["Instances"][0]["NetworkInterfaces"][0]["NetworkInterfaceId"]


mine = {a["AllocationId"]: a for a in client.describe_addresses()["Addresses"]}
public_ip = mine[given.allocation_id]["PublicIp"]
client.associate_address(
    AllocationId=given.allocation_id, NetworkInterfaceId=interface_of(given.new_instance_id)
)
client.release_address(AllocationId=given.spare_allocation_id)
