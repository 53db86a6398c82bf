# loses: test_no_request_is_left, test_request_is_one_time
# A persistent request whose instance alone is ended: the next one comes.
import boto3

ec2 = boto3.client("ec2")
what = {"ImageId": given.image_id, "InstanceType": given.instance_type}
answer = ec2.request_spot_instances(SpotPrice=given.max_price, Type="persistent", LaunchSpecification=what)
request_id = answer["SpotInstanceRequests"][0]["SpotInstanceRequestId"]
ec2.get_waiter("spot_instance_request_fulfilled").wait(SpotInstanceRequestIds=[request_id])
found = ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[request_id])
instance_id = found["SpotInstanceRequests"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])
ec2.terminate_instances(InstanceIds=[instance_id])
