# The AWS CLI through subprocess; the id comes as text, with its line end.
import subprocess

command = [
    "aws", "ec2", "run-instances",
    "--image-id", given.image_id,
    "--instance-type", given.instance_type,
    "--key-name", given.key_name,
    "--count", "1",
    "--tag-specifications", f"ResourceType=instance,Tags=[{{Key=Name,Value={given.name}}}]",
    "--query", "Instances[0].InstanceId",
    "--output", "text",
]
instance_id = subprocess.run(command, check=True, capture_output=True, text=True).stdout
subprocess.run(["aws", "ec2", "wait", "instance-running", "--instance-ids", instance_id.strip()], check=True)
