# Resource API, Ed25519; the file is made with its permissions, and printed into.
import os
import boto3

pair = boto3.resource("ec2").create_key_pair(KeyName=given.key_name, KeyType="ed25519", KeyFormat="pem")
fd = os.open(given.key_file, os.O_WRONLY | os.O_CREAT, 0o400)
with os.fdopen(fd, "w") as out:
    print(pair.key_material, file=out)
