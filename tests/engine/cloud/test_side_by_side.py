"""Many requests at once: a check and the change that follows it are one, and clouds share nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from botocore.exceptions import ClientError
from served_endpoint import Served

AT_ONCE = 20


@pytest.fixture
def two() -> Iterator[tuple[Served, Served]]:
    with Served() as one, Served() as other:
        yield one, other


def results(served: Served, service: str, call: Callable[[Any], object]) -> Counter[str]:
    """What the callers were answered, who all ask at the same moment: error codes, 'done' where there was none."""
    clients = [served.client(service) for _ in range(AT_ONCE)]
    ready = Barrier(AT_ONCE)

    def ask(client: Any) -> str:
        ready.wait()
        try:
            call(client)
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as callers:
        return Counter(callers.map(ask, clients))


def test_nobody_slips_between_a_check_and_its_change(two: tuple[Served, Served]) -> None:
    """A limit, a name and a condition hold for callers at the same moment, as for one after the other."""
    served, _ = two
    found = results(served, "ec2", lambda ec2: ec2.allocate_address(Domain="vpc"))
    assert found == {"done": 5, "AddressLimitExceeded": AT_ONCE - 5}
    found = results(served, "ec2", lambda ec2: ec2.create_key_pair(KeyName="mine"))
    assert found == {"done": 1, "InvalidKeyPair.Duplicate": AT_ONCE - 1}
    found = results(served, "ec2", lambda ec2: ec2.create_security_group(GroupName="mine", Description="mine"))
    assert found == {"done": 1, "InvalidGroup.Duplicate": AT_ONCE - 1}
    served.client("s3").create_bucket(Bucket="only-mine")
    found = results(served, "s3", lambda s3: s3.put_object(Bucket="only-mine", Key="k", Body=b"", IfNoneMatch="*"))
    assert found == {"done": 1, "PreconditionFailed": AT_ONCE - 1}


def test_clouds_share_nothing(two: tuple[Served, Served]) -> None:
    """What is made in one student's cloud is not there in another's, and takes no name or limit from it."""
    one, other = two
    one.client("s3").create_bucket(Bucket="a-name")
    for _ in range(5):
        one.client("ec2").allocate_address(Domain="vpc")
    assert other.client("s3").list_buckets()["Buckets"] == []
    assert other.client("ec2").describe_addresses()["Addresses"] == []
    other.client("s3").create_bucket(Bucket="a-name")
    assert other.client("ec2").allocate_address(Domain="vpc")["PublicIp"]
    assert len(one.client("ec2").describe_addresses()["Addresses"]) == 5
