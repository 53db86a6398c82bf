# loses: test_type_is_the_given_one
# Types in a type, instead of the given one.
import boto3

ec2 = boto3.client("ec2")
r = ec2.run_instances(ImageId=given.image_id, InstanceType="t3.large", KeyName=given.key_name, MinCount=1, MaxCount=1)
instance_id = r["Instances"][0]["InstanceId"]
ec2.create_tags(Resources=[instance_id], Tags=[{"Key": "Name", "Value": given.name}])
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])
