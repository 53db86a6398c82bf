# loses: test_the_key_pair_is_there, test_the_pair_is_new, test_nothing_else_changed, test_the_private_key_belongs_to_the_pair
# Makes the pair in another region, as in a tutorial.
import os
import boto3

answer = boto3.client("ec2", region_name="eu-west-1").create_key_pair(KeyName=given.key_name)
with open(given.key_file, "w") as f:
    f.write(answer["KeyMaterial"])
os.chmod(given.key_file, 0o400)
