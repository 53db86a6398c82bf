# The resource API; the answer is read off the new machine.
import boto3

ec2 = boto3.resource("ec2")
ec2.VpcAddress(given.allocation_id).associate(InstanceId=given.new_instance_id, AllowReassociation=True)
ec2.VpcAddress(given.spare_allocation_id).release()
new = ec2.Instance(given.new_instance_id)
new.load()
public_ip = new.public_ip_address
