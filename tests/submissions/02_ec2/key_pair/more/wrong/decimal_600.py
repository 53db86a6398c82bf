# loses: test_the_file_holds_a_private_key, test_the_file_is_for_its_owner_alone, test_the_private_key_belongs_to_the_pair
# Writes 600 without 0o: that is 1130 in octal, which not even the owner may read.
import os
import boto3

answer = boto3.client("ec2").create_key_pair(KeyName=given.key_name)
with open(given.key_file, "w") as f:
    f.write(answer["KeyMaterial"])
os.chmod(given.key_file, 600)
