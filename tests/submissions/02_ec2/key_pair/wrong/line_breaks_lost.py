# loses: test_the_private_key_belongs_to_the_pair
# Puts spaces in the place of the line breaks, as a shell does with $KEY without quotation marks.
import os

import boto3

pair = boto3.client("ec2").create_key_pair(KeyName=given.key_name)
with open(given.key_file, "w") as file:
    file.write(" ".join(pair["KeyMaterial"].split("\n")))
os.chmod(given.key_file, 0o600)
