"""moto, set up once per process: our settings, its accounts, and a warm start that leaves no trace."""

import os
import threading
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"
DEFAULT_REGION = "us-east-1"
ACCOUNT = "123456789012"
CAME_WITH = "drycloud_came_with"  # on moto's EC2 backend: what a region holds when it is first used
LOCK = threading.RLock()  # moto's state is the process's: every caller of moto holds this

# moto reads these when it is imported. The AMI list is ours: few images with stable ids and real dates, where
# moto's own 1,300 change with each of its versions and cost a second at every start.
_SETTINGS = {
    "MOTO_AMIS_PATH": str(DATA / "amis.json"),
    "MOTO_ENABLE_AMI_VALIDATION": "true",
    "MOTO_ENABLE_KEYPAIR_VALIDATION": "true",
    "MOTO_ALLOW_NONEXISTENT_REGION": "false",
    "S3_IGNORE_SUBDOMAIN_BUCKETNAME": "true",  # buckets are addressed by path: no host name is looked at
}
for _name, _value in _SETTINGS.items():
    os.environ[_name] = _value


def seed_ids(seed: int) -> None:
    """Make every id that moto invents from here on follow from `seed`, and from what is made.

    The numbers of requests do not (patches/requests.py).
    """
    from moto.moto_api._internal import mock_random

    mock_random.seed(seed)


def backends(service: str) -> dict[str, Any]:
    """The backends of the account that exist so far, by region ('aws' for S3)."""
    from moto.backends import get_backend

    return dict(get_backend(service)[ACCOUNT].items())


def reset() -> None:
    """Forget everything that was made; the next call starts from a new account."""
    from moto.core.base_backend import BackendDict

    BackendDict.reset()


# The regions that are open to a new account; the others have to be opened first.
REGIONS = (
    *("ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2"),
    *("ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1"),
    *("us-east-1", "us-east-2", "us-west-1", "us-west-2"),
)


@cache
def known_regions() -> frozenset[str]:
    """The regions that EC2 has (but for those of China and of governments), as botocore lists them."""
    import boto3

    return frozenset(boto3.Session().get_available_regions("ec2"))
