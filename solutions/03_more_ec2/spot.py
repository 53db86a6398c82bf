# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Request a Spot Instance, with given.max_price as the maximum price.
answer = ec2.request_spot_instances(
    SpotPrice=given.max_price,
    Type="one-time",
    LaunchSpecification={"ImageId": given.image_id, "InstanceType": given.instance_type},
)
request_id = answer["SpotInstanceRequests"][0]["SpotInstanceRequestId"]

# 2. Wait until the request has an instance, and until this instance is running.
ec2.get_waiter("spot_instance_request_fulfilled").wait(SpotInstanceRequestIds=[request_id])
found = ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[request_id])
instance_id = found["SpotInstanceRequests"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])

# 3. Clean up.
ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[request_id])
ec2.terminate_instances(InstanceIds=[instance_id])
ec2.get_waiter("instance_terminated").wait(InstanceIds=[instance_id])
