# loses: test_instance_id_is_of_a_spot_instance, test_instance_is_ended, test_no_request_is_left, test_your_code_waited_until_it_ran
# Asks for the instance before there is one.
import boto3

ec2 = boto3.client("ec2")
what = {"ImageId": given.image_id, "InstanceType": given.instance_type}
answer = ec2.request_spot_instances(SpotPrice=given.max_price, Type="one-time", LaunchSpecification=what)
request_id = answer["SpotInstanceRequests"][0]["SpotInstanceRequestId"]
found = ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[request_id])
instance_id = found["SpotInstanceRequests"][0]["InstanceId"]
ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[request_id])
ec2.terminate_instances(InstanceIds=[instance_id])
