# loses: test_the_file_holds_a_private_key, test_the_private_key_belongs_to_the_pair
# Saves the public half.
import os
import boto3

ec2 = boto3.client("ec2")
ec2.create_key_pair(KeyName=given.key_name)
pair = ec2.describe_key_pairs(KeyNames=[given.key_name], IncludePublicKey=True)["KeyPairs"][0]
with open(given.key_file, "w") as f:
    f.write(pair["PublicKey"])
os.chmod(given.key_file, 0o400)
