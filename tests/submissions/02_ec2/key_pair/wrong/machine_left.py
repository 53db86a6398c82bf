# loses: test_nothing_else_changed
# Tries the new key on a machine, and leaves that running.
from pathlib import Path

import boto3

ec2 = boto3.client("ec2")
file = Path(given.key_file)

# 1. Make the key pair.
answer = ec2.create_key_pair(KeyName=given.key_name, KeyType="ed25519")

# 2. Save the private key.
file.write_text(answer["KeyMaterial"])

# 3. Let nobody but the owner read the file.
file.chmod(0o400)

image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
ec2.run_instances(ImageId=image, InstanceType="m5.8xlarge", KeyName=given.key_name, MinCount=1, MaxCount=1)
