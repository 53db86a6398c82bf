# loses: test_request_id_is_of_a_new_request, test_instance_id_is_of_a_spot_instance, test_instance_is_ended, test_a_spot_request_got_its_instance, test_nothing_else_changed, test_no_request_is_left, test_price_has_its_limit, test_request_is_one_time, test_instance_is_as_ordered, test_your_code_waited_until_it_ran
# Asks for nothing, and passes off a colleague's.
import boto3

ec2 = boto3.client("ec2")
requests = ec2.describe_spot_instance_requests()["SpotInstanceRequests"]
mine = [r for r in requests if "InstanceId" in r][0]
request_id, instance_id = mine["SpotInstanceRequestId"], mine["InstanceId"]
