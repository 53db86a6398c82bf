# The AWS CLI; opens too much at first, and takes that back.
import json, subprocess


def aws(*words):
    out = subprocess.run(["aws", "ec2", *words], check=True, capture_output=True, text=True).stdout
    return json.loads(out) if out.strip() else None


inst = aws("describe-instances", "--instance-ids", given.instance_id)["Reservations"][0]["Instances"][0]
sg = inst["SecurityGroups"][0]["GroupId"]
aws("authorize-security-group-ingress", "--group-id", sg, "--protocol", "tcp", "--port", "22", "--cidr", "0.0.0.0/0")
aws("revoke-security-group-ingress", "--group-id", sg, "--protocol", "tcp", "--port", "22", "--cidr", "0.0.0.0/0")
aws("authorize-security-group-ingress", "--group-id", sg, "--protocol", "tcp", "--port", "22", "--cidr", given.my_ip + "/32")
image = aws("describe-images", "--image-ids", inst["ImageId"])["Images"][0]["Name"]
login = {"al": "ec2-user", "ub": "ubuntu", "de": "admin"}[image[:2]]
ssh_command = f"ssh -i {given.key_file} {login}@{inst['PublicIpAddress']}".split()
