# loses: test_image_id_is_of_the_new_image, test_the_machine_is_saved, test_nothing_else_changed, test_image_has_the_name, test_clone_starts_from_the_image, test_clone_has_the_type, test_nothing_is_left_over, test_your_code_waited_for_the_clone
# Takes an image of the machine that was there, which is older.
import boto3

ec2 = boto3.client("ec2")
mine = [i for i in ec2.describe_images(Owners=["self"])["Images"] if i["SourceInstanceId"] == given.instance_id]
image_id = mine[0]["ImageId"]
answer = ec2.run_instances(ImageId=image_id, InstanceType=given.instance_type, MinCount=1, MaxCount=1)
clone_id = answer["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[clone_id])
