# loses: test_the_private_key_belongs_to_the_pair
# Strips the text: ssh does not read a key in OpenSSH's form whose last line does not end.
import os
import boto3

answer = boto3.client("ec2").create_key_pair(KeyName=given.key_name, KeyType="ed25519")
with open(given.key_file, "w") as f:
    f.write(answer["KeyMaterial"].strip())
os.chmod(given.key_file, 0o600)
