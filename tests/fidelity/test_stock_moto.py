"""What we mend in moto is still wrong there: a test that fails here says that a patch can go.

What rows of the table show is asked of stock moto once more, for each patch; `needed.py` says which rows miss one.
"""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from drycloud.cloud import upstream
from drycloud.patching import Patch
from fidelity.endpoints import served
from fidelity.rows import ROWS
from fidelity.table import Lab, outcome
from fidelity.waits import quick_waiters

PATCHES = [patch for patch in upstream.MOTO if patch.rows]
# Each fault has an account of its own, in which `ec2` is a client.
RUN = """
import json, sys, traceback
import boto3
from moto import mock_aws
found = {}
for name, text in json.load(sys.stdin).items():
    with mock_aws():
        try:
            exec(text, {"ec2": boto3.client("ec2", "us-east-1")})
            found[name] = ""
        except Exception:
            found[name] = traceback.format_exc()
print(json.dumps(found))
"""
FAULTS = {
    "requests": """
from moto.moto_api._internal import mock_random
def made(looks):
    mock_random.seed(7)
    for _ in range(looks):
        ec2.describe_regions()
    return ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
ec2.describe_vpcs()  # the region's own are made first
assert made(looks=0) != made(looks=3)
""",
    "regions": """
from moto.backends import get_backend
def about(id):
    [subnet] = [zone[id] for zone in backend.subnets.values() if id in zone]
    return {name: str(value) for name, value in vars(subnet).items() if name != "id"}
last = {"Name": "cidr-block", "Values": ["172.31.80.0/20"]}
[subnet] = ec2.describe_subnets(Filters=[last])["Subnets"]
backend = get_backend("ec2")["123456789012"]["us-east-1"]
came_with = about(subnet["SubnetId"])
ec2.delete_subnet(SubnetId=subnet["SubnetId"])
made = ec2.create_default_subnet(AvailabilityZone=subnet["AvailabilityZone"])["Subnet"]
assert came_with == about(made["SubnetId"])  # and nothing else says which one came with the region
""",
    "fleets": """
image = ec2.describe_images()["Images"][0]["ImageId"]
ec2.request_spot_instances(LaunchSpecification={"ImageId": image, "InstanceType": "t3.micro"})
[request] = ec2.describe_spot_instance_requests()["SpotInstanceRequests"]
assert request["CreateTime"].year == 2015
""",
    "gateways": """
subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
gateway = ec2.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")["NatGateway"]["NatGatewayId"]
assert len(ec2.describe_network_interfaces()["NetworkInterfaces"]) == 1
ec2.delete_nat_gateway(NatGatewayId=gateway)
assert len(ec2.describe_network_interfaces()["NetworkInterfaces"]) == 1
""",
    "routes": """
vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
route = {"RouteTableId": table, "DestinationCidrBlock": "192.0.2.0/24"}
def target():
    routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    return next(one for one in routes if one["DestinationCidrBlock"] == "192.0.2.0/24").get("GatewayId")
ec2.create_route(**route, GatewayId=gateway)
assert target() == gateway
try:
    ec2.replace_route(**route, NetworkInterfaceId="eni-0123456789abcdef0")
except ec2.exceptions.ClientError:
    assert target() != gateway
else:
    raise AssertionError("it is not refused")
""",
}


@pytest.fixture(scope="module")
def stock() -> Iterator[Lab]:
    """Stock moto, in a process of its own; waits take no time."""
    with quick_waiters(), served("stock") as lab:
        yield lab


@pytest.mark.parametrize("patch", PATCHES, ids=[patch.change.__name__ for patch in PATCHES])
def test_a_row_still_differs(stock: Lab, patch: Patch) -> None:
    """Stock moto does in one of a patch's rows what the table says, and not what AWS does."""
    row = next(row for row in ROWS if row.number in patch.rows and row.stock != row.aws)
    assert outcome(row, stock) == row.stock


@pytest.fixture(scope="module")
def missing() -> dict[str, str]:
    """Of each fault what is otherwise in moto as it comes, or nothing."""
    command = [sys.executable, "-c", RUN]
    done = subprocess.run(command, input=json.dumps(FAULTS), capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("fault", FAULTS)
def test_the_fault_is_there(fault: str, missing: dict[str, str]) -> None:
    """What no row shows, asked of moto as it comes."""
    assert not missing[fault], missing[fault]
