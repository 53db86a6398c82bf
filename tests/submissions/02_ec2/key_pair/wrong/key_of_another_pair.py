# loses: test_the_private_key_belongs_to_the_pair
# Makes a second pair to try, and saves that one's private key.
import os
import boto3

ec2 = boto3.client("ec2")
ec2.create_key_pair(KeyName=given.key_name)
material = ec2.create_key_pair(KeyName=given.key_name + "-2")["KeyMaterial"]
with open(given.key_file, "w") as f:
    f.write(material)
os.chmod(given.key_file, 0o400)
