"""The patches that make moto quicker change no answer."""

import re
import subprocess
import sys

CALLS = """
import json, sys
from drycloud.cloud.moto import engine
from drycloud.cloud.clients.boto import client
ec2 = client("ec2")
if sys.argv[1] == "quick":
    from drycloud import patching
    from drycloud.cloud.patches import quicker
    patching.apply(quicker.PATCHES)
engine.seed_ids(7)
image = ec2.describe_images()["Images"][0]["ImageId"]
group = ec2.create_security_group(GroupName="web", Description="d")["GroupId"]
ec2.authorize_security_group_ingress(GroupId=group, IpProtocol="tcp", FromPort=80, ToPort=81, CidrIp="198.51.100.0/24")
made = ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=2, MaxCount=2, SecurityGroupIds=[group])
ids = [i["InstanceId"] for i in made["Instances"]]
ec2.create_tags(Resources=ids, Tags=[{"Key": "a", "Value": "b"}])
answers = [made, ec2.stop_instances(InstanceIds=ids[:1]), ec2.terminate_instances(InstanceIds=ids[1:])]
looks = "instances volumes security_groups images subnets vpcs addresses key_pairs regions tags network_interfaces"
answers += [getattr(ec2, f"describe_{what}")() for what in looks.split()]
ec2.create_key_pair(KeyName="mine")
for public in (False, True, False):  # moto leaves the field out, or does not
    [pair] = ec2.describe_key_pairs(IncludePublicKey=public)["KeyPairs"]
    answers.append({"ResponseMetadata": None, "fields": sorted(pair)})
for kind in ("region", "availability-zone", "availability-zone-id"):  # for AWS they have no order
    wanted = [{"Name": "instance-type", "Values": ["t3.micro", "m5.large"]}]
    offers = client("ec2", "eu-west-1").describe_instance_type_offerings(LocationType=kind, Filters=wanted)
    offers["InstanceTypeOfferings"].sort(key=lambda offer: (offer["InstanceType"], offer["Location"]))
    answers.append(offers)
for answer in answers:
    answer.pop("ResponseMetadata")
print(json.dumps(answers, default=lambda value: "a time", sort_keys=True))
"""


VARYING = re.compile(
    r"[0-9a-f]{17}|[0-9a-f-]{36}|\b[0-9a-f:]{17}\b"  # ids, tokens, hardware addresses
    r"|\d+-\d+-\d+ \d+:\d+:\d+|\b\d+[.-]\d+[.-]\d+[.-]\d+\b"  # times and addresses
)


def answers(how: str) -> str:
    done = subprocess.run([sys.executable, "-c", CALLS, how], capture_output=True, text=True, check=True)
    return VARYING.sub("…", done.stdout)


def test_no_answer_changes() -> None:
    """EC2's answers, field by field, are those of moto as it comes; ids, addresses and times aside."""
    quick = answers("quick")
    assert quick == answers("plain")
    assert '"InstanceId"' in quick
    assert '"Location": "eu-west-1"' in quick
