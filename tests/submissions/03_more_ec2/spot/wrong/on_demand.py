# loses: test_request_id_is_of_a_new_request, test_instance_id_is_of_a_spot_instance, test_instance_is_ended, test_a_spot_request_got_its_instance, test_nothing_else_changed, test_no_request_is_left, test_price_has_its_limit, test_request_is_one_time, test_instance_is_as_ordered, test_your_code_waited_until_it_ran
# Rents an ordinary instance, and ends it.
import boto3

ec2 = boto3.client("ec2")
launched = ec2.run_instances(ImageId=given.image_id, InstanceType=given.instance_type, MinCount=1, MaxCount=1)
instance_id = launched["Instances"][0]["InstanceId"]
request_id = launched["ReservationId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])
ec2.terminate_instances(InstanceIds=[instance_id])
