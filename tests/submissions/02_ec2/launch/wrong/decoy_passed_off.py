# loses: test_a_new_instance_runs, test_it_has_its_name, test_an_instance_was_launched, test_exactly_one_was_launched, test_nothing_else_changed, test_image_is_the_given_one, test_type_is_the_given_one, test_key_is_the_given_one, test_your_code_waited
# Launches nothing and passes off a colleague's machine that happens to fit.
import boto3

ec2 = boto3.client("ec2")
running = [{"Name": "instance-state-name", "Values": ["running"]}]
for r in ec2.describe_instances(Filters=running)["Reservations"]:
    for i in r["Instances"]:
        if i["ImageId"] == given.image_id and i["InstanceType"] == given.instance_type:
            instance_id = i["InstanceId"]
