# Loops of the student's own; terminates first, cancels then; Type is left out.
import time

import boto3

client = boto3.client("ec2")
specification = dict(ImageId=given.image_id, InstanceType=given.instance_type)
made = client.request_spot_instances(SpotPrice=given.max_price, InstanceCount=1, LaunchSpecification=specification)
request_id = made["SpotInstanceRequests"][0]["SpotInstanceRequestId"]


def request():
    found = client.describe_spot_instance_requests(SpotInstanceRequestIds=[request_id])
    return found["SpotInstanceRequests"][0]


while request()["State"] == "open":
    time.sleep(0.3)
instance_id = request()["InstanceId"]
state = "pending"
while state == "pending":
    time.sleep(0.3)
    found = client.describe_instances(InstanceIds=[instance_id])
    state = found["Reservations"][0]["Instances"][0]["State"]["Name"]
client.terminate_instances(InstanceIds=[instance_id])
client.cancel_spot_instance_requests(SpotInstanceRequestIds=[request_id])
