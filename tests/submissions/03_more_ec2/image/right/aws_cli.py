# The AWS CLI by subprocess.
import subprocess


def aws(*words):
    done = subprocess.run(["aws", "ec2", *words, "--output", "text"], check=True, capture_output=True, text=True)
    return done.stdout.strip()


image_id = aws("create-image", "--instance-id", given.instance_id, "--name", given.image_name, "--query", "ImageId")
aws("wait", "image-available", "--image-ids", image_id)
options = ["--image-id", image_id, "--instance-type", given.instance_type, "--count", "1"]
clone_id = aws("run-instances", *options, "--query", "Instances[0].InstanceId")
aws("wait", "instance-running", "--instance-ids", clone_id)
