# loses: test_instance_id_is_of_a_spot_instance, test_instance_is_ended, test_a_spot_request_got_its_instance, test_nothing_else_changed, test_no_request_is_left, test_price_has_its_limit, test_request_is_one_time, test_instance_is_as_ordered, test_your_code_waited_until_it_ran
# Cancels the request at once, so that there never is an instance.
import boto3

ec2 = boto3.client("ec2")
what = {"ImageId": given.image_id, "InstanceType": given.instance_type}
answer = ec2.request_spot_instances(SpotPrice=given.max_price, Type="one-time", LaunchSpecification=what)
request_id = answer["SpotInstanceRequests"][0]["SpotInstanceRequestId"]
ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[request_id])
instance_id = None
