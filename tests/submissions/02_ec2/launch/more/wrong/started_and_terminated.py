# loses: test_a_new_instance_runs, test_it_has_its_name, test_an_instance_was_launched, test_exactly_one_was_launched, test_nothing_else_changed, test_image_is_the_given_one, test_type_is_the_given_one, test_key_is_the_given_one, test_your_code_waited
# Terminates the machine again at the end, to be tidy: then it does not run.
import boto3

ec2 = boto3.client("ec2")
r = ec2.run_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    KeyName=given.key_name,
    MinCount=1,
    MaxCount=1,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.name}]}],
)
instance_id = r["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])
ec2.terminate_instances(InstanceIds=[instance_id])
