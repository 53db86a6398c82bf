# loses: test_image_is_the_given_one
# Takes another image than the given one.
import boto3

ec2 = boto3.client("ec2")
images = ec2.describe_images(Filters=[{"Name": "architecture", "Values": ["x86_64"]}])["Images"]
image = [i["ImageId"] for i in images if i["ImageId"] != given.image_id][0]
r = ec2.run_instances(ImageId=image, InstanceType=given.instance_type, KeyName=given.key_name, MinCount=1, MaxCount=1)
instance_id = r["Instances"][0]["InstanceId"]
ec2.create_tags(Resources=[instance_id], Tags=[{"Key": "Name", "Value": given.name}])
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])
