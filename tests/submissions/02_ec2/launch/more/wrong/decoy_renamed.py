# loses: test_a_new_instance_runs, test_it_has_its_name, test_an_instance_was_launched, test_exactly_one_was_launched, test_nothing_else_changed, test_image_is_the_given_one, test_type_is_the_given_one, test_key_is_the_given_one, test_your_code_waited
# Launches nothing and gives its name to a machine that was there.
import boto3

ec2 = boto3.client("ec2")
running = [{"Name": "instance-state-name", "Values": ["running"]}]
instance_id = ec2.describe_instances(Filters=running)["Reservations"][0]["Instances"][0]["InstanceId"]
ec2.create_tags(Resources=[instance_id], Tags=[{"Key": "Name", "Value": given.name}])
