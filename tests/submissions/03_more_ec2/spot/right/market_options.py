# An ordinary launch with InstanceMarketOptions; ends the instance, with which the request is over.
import boto3

ec2 = boto3.client("ec2", region_name="us-east-1")
reply = ec2.run_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    MinCount=1,
    MaxCount=1,
    InstanceMarketOptions={
        "MarketType": "spot",
        "SpotOptions": {
            "MaxPrice": given.max_price,
            "SpotInstanceType": "one-time",
            "InstanceInterruptionBehavior": "terminate",
        },
    },
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "job"}]}],
)
machine = reply["Instances"][0]
instance_id, request_id = machine["InstanceId"], machine["SpotInstanceRequestId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])
ec2.terminate_instances(InstanceIds=[instance_id])
