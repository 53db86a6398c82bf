# loses: test_the_file_is_for_its_owner_alone
# Closes the file to everybody else, but not to the group.
import os
import boto3

answer = boto3.client("ec2").create_key_pair(KeyName=given.key_name, KeyType="ed25519")
with open(given.key_file, "w") as f:
    f.write(answer["KeyMaterial"])
os.chmod(given.key_file, 0o640)
