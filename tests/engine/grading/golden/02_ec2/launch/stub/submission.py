import boto3

ec2 = boto3.client("ec2")

# 1. Launch one instance, and give it its name.

# 2. Keep its id.
instance_id = None

# 3. Wait until it is running.
