# loses: test_the_file_is_for_its_owner_alone
# Saves the key and leaves the permissions of a new file, 644.
import boto3

answer = boto3.client("ec2").create_key_pair(KeyName=given.key_name)
with open(given.key_file, "w") as f:
    f.write(answer["KeyMaterial"])
