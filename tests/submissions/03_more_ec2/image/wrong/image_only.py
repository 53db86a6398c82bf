# loses: test_clone_id_is_of_a_new_instance, test_clone_starts_from_the_image, test_clone_has_the_type, test_nothing_is_left_over
# Saves the machine, and passes off the machine itself as the clone.
import boto3

ec2 = boto3.client("ec2")
image_id = ec2.create_image(InstanceId=given.instance_id, Name=given.image_name)["ImageId"]
ec2.get_waiter("image_available").wait(ImageIds=[image_id])
clone_id = given.instance_id
