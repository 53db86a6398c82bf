# The AWS CLI in a function of the student's own; its output ends with a line break, which is left on.
import subprocess


def ask(what):
    command = ["aws", "ec2", "describe-instances", "--instance-ids", given.instance_id]
    command += ["--query", "Reservations[0].Instances[0]." + what, "--output", "text"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


public_ip = ask("PublicIpAddress")
public_dns = ask("PublicDnsName")
instance_type = ask("InstanceType")
key_name = ask("KeyName")
state = ask("State.Name")
