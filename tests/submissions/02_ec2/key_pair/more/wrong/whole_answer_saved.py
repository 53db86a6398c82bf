# loses: test_the_file_holds_a_private_key, test_the_private_key_belongs_to_the_pair
# Saves the whole answer as JSON.
import json, os
import boto3

answer = boto3.client("ec2").create_key_pair(KeyName=given.key_name)
with open(given.key_file, "w") as f:
    json.dump(answer, f, default=str)
os.chmod(given.key_file, 0o400)
