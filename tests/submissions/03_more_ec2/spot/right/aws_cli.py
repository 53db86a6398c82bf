# The AWS CLI by subprocess.
import json
import subprocess


def aws(*words):
    done = subprocess.run(["aws", "ec2", *words, "--output", "text"], check=True, capture_output=True, text=True)
    return done.stdout.strip()


what = json.dumps({"ImageId": given.image_id, "InstanceType": given.instance_type})
request_id = aws(
    "request-spot-instances", "--spot-price", given.max_price, "--type", "one-time", "--launch-specification", what,
    "--query", "SpotInstanceRequests[0].SpotInstanceRequestId",
)
aws("wait", "spot-instance-request-fulfilled", "--spot-instance-request-ids", request_id)
instance_id = aws(
    "describe-spot-instance-requests", "--spot-instance-request-ids", request_id,
    "--query", "SpotInstanceRequests[0].InstanceId",
)
aws("wait", "instance-running", "--instance-ids", instance_id)
aws("cancel-spot-instance-requests", "--spot-instance-request-ids", request_id)
aws("terminate-instances", "--instance-ids", instance_id)
