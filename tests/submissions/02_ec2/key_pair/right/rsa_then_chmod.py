# AWS makes an RSA key; file written as bytes, then closed to others.
import os
import boto3

client = boto3.client("ec2", region_name="us-east-1")
response = client.create_key_pair(KeyName=given.key_name)
with open(given.key_file, "wb") as f:
    f.write(response["KeyMaterial"].encode())
os.chmod(given.key_file, 0o600)
