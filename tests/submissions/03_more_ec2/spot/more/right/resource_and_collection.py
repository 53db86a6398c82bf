# The resource API: an ordinary launch on the Spot market, waited for in a collection of all that runs.
import time

import boto3

ec2 = boto3.resource("ec2")
[machine] = ec2.create_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    MinCount=1,
    MaxCount=1,
    InstanceMarketOptions={
        "MarketType": "spot",
        "SpotOptions": {"MaxPrice": given.max_price, "SpotInstanceType": "one-time"},
    },
)
instance_id, request_id = machine.id, machine.spot_instance_request_id
running = [{"Name": "instance-state-name", "Values": ["running"]}]
while instance_id not in [each.id for each in ec2.instances.filter(Filters=running)]:
    time.sleep(0.3)
machine.terminate()
machine.wait_until_terminated()
