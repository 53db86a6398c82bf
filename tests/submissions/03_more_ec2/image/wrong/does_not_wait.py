# loses: test_clone_id_is_of_a_new_instance, test_clone_starts_from_the_image, test_clone_has_the_type, test_your_code_waited_for_the_clone
# Launches at once: the image is pending, and AWS refuses.
import boto3

ec2 = boto3.client("ec2")
image_id = ec2.create_image(InstanceId=given.instance_id, Name=given.image_name)["ImageId"]
answer = ec2.run_instances(ImageId=image_id, InstanceType=given.instance_type, MinCount=1, MaxCount=1)
clone_id = answer["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[clone_id])
