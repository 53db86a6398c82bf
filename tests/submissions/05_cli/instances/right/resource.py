# Python and the resource API; a first try with another type is given back.
from pathlib import Path

import boto3

ec2 = boto3.resource("ec2")
[attempt] = ec2.create_instances(ImageId=given.IMAGE_ID, InstanceType="t3.large", MinCount=1, MaxCount=1)
attempt.terminate()
[new] = ec2.create_instances(ImageId=given.IMAGE_ID, InstanceType=given.INSTANCE_TYPE, MinCount=1, MaxCount=1)
ec2.create_tags(Resources=[new.id], Tags=[{"Key": "Name", "Value": given.NAME}])
new.wait_until_running()
Path("instance_id.txt").write_text(new.id + "\n")
ec2.Instance(given.OLD_INSTANCE_ID).terminate()
