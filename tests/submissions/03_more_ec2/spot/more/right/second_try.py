# Bids too little at first, gives that request up, and asks again with what it may spend.
import boto3

ec2 = boto3.client("ec2")
what = {"ImageId": given.image_id, "InstanceType": given.instance_type}
first = ec2.request_spot_instances(SpotPrice="0.001", LaunchSpecification=what)["SpotInstanceRequests"][0]
ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[first["SpotInstanceRequestId"]])
second = ec2.request_spot_instances(SpotPrice=given.max_price, LaunchSpecification=what)["SpotInstanceRequests"][0]
request_id = second["SpotInstanceRequestId"]
ec2.get_waiter("spot_instance_request_fulfilled").wait(SpotInstanceRequestIds=[request_id])
filters = [{"Name": "spot-instance-request-id", "Values": [request_id]}]
(mine,) = ec2.describe_spot_instance_requests(Filters=filters)["SpotInstanceRequests"]
instance_id = mine["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])
ec2.terminate_instances(InstanceIds=[instance_id])
