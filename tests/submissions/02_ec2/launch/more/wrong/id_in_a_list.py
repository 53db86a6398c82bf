# loses: test_a_new_instance_runs, test_your_code_waited
# Puts a list with the id into instance_id, where a string was asked for.
import boto3

ec2 = boto3.client("ec2")
r = ec2.run_instances(
    ImageId=given.image_id, InstanceType=given.instance_type, KeyName=given.key_name, MinCount=1, MaxCount=1
)
instance_id = [i["InstanceId"] for i in r["Instances"]]
ec2.create_tags(Resources=instance_id, Tags=[{"Key": "Name", "Value": given.name}])
