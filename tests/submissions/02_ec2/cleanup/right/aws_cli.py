# The AWS CLI, with lists of ids as text.
import subprocess


def aws(*words):
    run = subprocess.run(["aws", "ec2", *words, "--output", "text"], check=True, capture_output=True, text=True)
    return run.stdout.split()


tag = f"Name=tag:{given.tag_key},Values={given.tag_value}"
instances = aws("describe-instances", "--filters", tag, "--query", "Reservations[].Instances[].InstanceId")
aws("terminate-instances", "--instance-ids", *instances)
aws("wait", "instance-terminated", "--instance-ids", *instances)
for volume in aws("describe-volumes", "--filters", tag, "--query", "Volumes[].VolumeId"):
    aws("delete-volume", "--volume-id", volume)
for address in aws("describe-addresses", "--filters", tag, "--query", "Addresses[].AllocationId"):
    aws("release-address", "--allocation-id", address)
for snapshot in aws("describe-snapshots", "--owner-ids", "self", "--filters", tag, "--query", "Snapshots[].SnapshotId"):
    aws("delete-snapshot", "--snapshot-id", snapshot)
