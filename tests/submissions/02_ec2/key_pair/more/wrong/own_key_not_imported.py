# loses: test_the_private_key_belongs_to_the_pair
# Makes a key with ssh-keygen, and lets AWS make another one.
import subprocess
import boto3

subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", given.key_file])
boto3.client("ec2").create_key_pair(KeyName=given.key_name)
