# loses: test_the_file_is_for_its_owner_alone
# Writes 400 without 0o: that is 620 in octal, which the group may write.
import os
import boto3

answer = boto3.client("ec2").create_key_pair(KeyName=given.key_name)
with open(given.key_file, "w") as f:
    f.write(answer["KeyMaterial"])
os.chmod(given.key_file, 400)
