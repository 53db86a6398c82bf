# loses: test_instance_id_is_of_a_spot_instance, test_instance_is_ended, test_no_request_is_left
# Gives the id of an address that it keeps, where the id of the instance was asked for.
import boto3

ec2 = boto3.client("ec2")

# 1. Ask for a Spot Instance, at given.max_price at most.
answer = ec2.request_spot_instances(
    SpotPrice=given.max_price,
    Type="one-time",
    LaunchSpecification={"ImageId": given.image_id, "InstanceType": given.instance_type},
)
request_id = answer["SpotInstanceRequests"][0]["SpotInstanceRequestId"]

# 2. Wait until the request has its instance, and until that one runs.
ec2.get_waiter("spot_instance_request_fulfilled").wait(SpotInstanceRequestIds=[request_id])
found = ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[request_id])
instance_id = found["SpotInstanceRequests"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])

# 3. Leave nothing behind.
ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[request_id])
ec2.terminate_instances(InstanceIds=[instance_id])
ec2.get_waiter("instance_terminated").wait(InstanceIds=[instance_id])

instance_id = ec2.allocate_address(Domain="vpc")["AllocationId"]
