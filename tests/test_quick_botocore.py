"""botocore, made quicker, makes the same clients."""

import subprocess
import sys

MADE = """
import os, sys, boto3
os.environ.update(AWS_ACCESS_KEY_ID="A", AWS_SECRET_ACCESS_KEY="b", AWS_DEFAULT_REGION="us-east-1")
if sys.argv[1] == "quick":
    from drycloud.cloud.quick_botocore import quicken_botocore
    quicken_botocore(shared=True)
for service in ("ec2", "s3", "dynamodb", "ec2", "timestream-query"):
    client = boto3.client(service)
    print(service, sorted(name for name in dir(client) if not name.startswith("_")))
    print(client.meta.service_model.endpoint_discovery_operation, client.meta.method_to_api_mapping)
    print(getattr(client, sorted(client.meta.method_to_api_mapping)[0]).__doc__)
"""


def made(how: str) -> str:
    return subprocess.run([sys.executable, "-c", MADE, how], capture_output=True, text=True, check=True).stdout


def test_the_same_clients() -> None:
    """Their methods, what these say of themselves, and where an operation tells a service's endpoints."""
    quick = made("quick")
    assert quick == made("plain")
    assert "OperationModel(name=DescribeEndpoints)" in quick
