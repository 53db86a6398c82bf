# loses: test_your_code_waited_until_it_ran
# Waits for the request only, and ends the instance while that is pending.
import boto3

ec2 = boto3.client("ec2")
launch = {"ImageId": given.image_id, "InstanceType": given.instance_type}
answer = ec2.request_spot_instances(SpotPrice=given.max_price, LaunchSpecification=launch)
request_id = answer["SpotInstanceRequests"][0]["SpotInstanceRequestId"]
ec2.get_waiter("spot_instance_request_fulfilled").wait(SpotInstanceRequestIds=[request_id])
found = ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[request_id])
instance_id = found["SpotInstanceRequests"][0]["InstanceId"]
ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[request_id])
ec2.terminate_instances(InstanceIds=[instance_id])
