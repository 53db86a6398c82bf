# loses: test_nothing_else_changed
# Cancels every request of the account.
import boto3

ec2 = boto3.client("ec2")
what = {"ImageId": given.image_id, "InstanceType": given.instance_type}
answer = ec2.request_spot_instances(SpotPrice=given.max_price, Type="one-time", LaunchSpecification=what)
request_id = answer["SpotInstanceRequests"][0]["SpotInstanceRequestId"]
ec2.get_waiter("spot_instance_request_fulfilled").wait(SpotInstanceRequestIds=[request_id])
found = ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[request_id])
instance_id = found["SpotInstanceRequests"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])
every = [r["SpotInstanceRequestId"] for r in ec2.describe_spot_instance_requests()["SpotInstanceRequests"]]
ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=every)
ec2.terminate_instances(InstanceIds=[instance_id])
