"""Requests that could mean two things, or are longer than they are: one meaning, and no memory but their own."""

import logging
import re
import socket
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from patience import PATIENCE
from repository import ROOT

from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.meter import Bounds
from drycloud.cloud.http.serve import Endpoint
from drycloud.cloud.moto import engine
from drycloud.cloud.patches.filters import _pattern
from drycloud.cloud.rules.registry import _Sparing
from drycloud.lab.settings import environment

HTTP = (ROOT / "tests/attacks/with/http.py").read_text()


class Served(NamedTuple):
    """A served cloud: where, and the helpers of the corpus of attacks, pointed at it."""

    cloud: Cloud
    port: int
    raw: Any
    form: Any


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    engine.reset()
    cloud = Cloud(["ec2", "s3", "sts"], Bounds(60), max_body=1024**2)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    for name, value in environment(port).items():
        monkeypatch.setenv(name, value)
    names: dict[str, Any] = {}
    exec(HTTP.replace("4566", str(port)), names)
    with Endpoint(cloud, listener):
        yield Served(cloud, port, names["raw"], names["form"])
    engine.reset()


def exchange(port: int, data: bytes) -> bytes:
    """Send bytes, say that there will be no more, and read all that comes back."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(data)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


CUT_SHORT = {
    "within a chunk": b"100000\r\nx",
    "before a chunk": b"",
    "no number": b"zz\r\n",
    "a negative number": b"-5\r\nhello\r\n",
    "a number without end": b"F" * 100 + b"\r\n",
    "no end of a chunk": b"1\r\nxy\r\n0\r\n\r\n",
    "no last chunk": b"1\r\nx\r\n",
    "no end of the trailers": b"0\r\na: b\r\n",
}


@pytest.mark.parametrize("body", CUT_SHORT.values(), ids=CUT_SHORT)
def test_a_body_in_chunks_is_read_strictly(served: Served, body: bytes) -> None:
    """What is not as long as it says is refused; nothing of our memory is taken for the rest of it."""
    head = b"PUT /bucket/key HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = exchange(served.port, head + body)
    assert answer.split()[1] == b"400"
    assert b"<Code>IncompleteBody</Code>" in answer


def test_a_good_body_in_chunks_is_stored(served: Served) -> None:
    """In several chunks, with an extension and a trailer."""
    served.raw("PUT", "/bucket")
    body = b"3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nx-a: b\r\n\r\n"
    signed = served.raw("PUT", "/bucket/key", b"abcde")
    assert signed[0] == 200
    head = b"PUT /bucket/key HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert b"<Code>AccessDenied</Code>" in exchange(served.port, head + body)  # it was read, and nobody signed it


def test_a_request_means_one_thing(served: Served) -> None:
    """moto gets what the rules have seen: no action in a header, a second place, or past the fields that are read."""
    many = {f"InstanceId.{n}": "i-1" for n in range(6000)}
    told = [
        served.form("RunInstances", **many),
        served.form("", X="1"),
        served.raw("POST", "/", b"GroupName=a", service="ec2", X_Amz_Target="a.CreateSecurityGroup"),
        served.raw("POST", "/", b'{"Action": "DescribeRegions"}', service="ec2", Content_Type="application/json"),
    ]
    assert [re.findall(b"<Code>(.*?)</Code>", body) for _, body in told] == [[b"InvalidAction"]] * 4
    words = b"Action=CreateSecurityGroup&GroupName=sg-x&GroupDescription=d&Action=DescribeInstances&Version=2016-11-15"
    both = served.raw("POST", "/?Action=CreateKeyPair&KeyName=a", words, service="ec2")
    assert both[0] == 400  # refused, for one field is there twice
    assert not [call for call in served.cloud.trail if call.error is None]


def test_an_absolute_address_is_a_path(served: Served) -> None:
    """Rules and moto look at the same bucket, whatever the request's line says of a host."""
    served.raw("PUT", "/bucket")
    line = b"GET http://192.0.2.1/bucket/a%20b HTTP/1.1\r\nHost: x\r\n\r\n"
    assert b"AccessDenied" in exchange(served.port, line)
    assert served.cloud.trail[-1].parameters == {"Bucket": "bucket", "Key": "a b"}


def test_another_partition_is_no_place_to_hide(served: Served) -> None:
    """Regions of other partitions have other buckets: there are none here, for S3 either."""
    for region in ("cn-north-1", "us-gov-west-1", "nowhere"):
        assert b"AuthorizationHeaderMalformed" in served.raw("PUT", "/bucket", region=region)[1]


def test_counts_are_bounded(served: Served) -> None:
    """moto makes as many as it is told, while nothing else is answered; what only Python reads as a number is none."""
    for value, code in (("1000000", b"InstanceLimitExceeded"), ("+1_000_000", b"Invalid"), (" ٣٣٣٣٣ ", b"Invalid")):
        for action, word in (
            ("AllocateHosts", "Quantity"),
            ("RequestSpotFleet", "SpotFleetRequestConfig.TargetCapacity"),
            ("RequestSpotInstances", "InstanceCount"),
        ):
            assert b"<Code>" + code in served.form(action, **{word: value})[1]


def test_a_prefix_list_holds_networks(served: Served) -> None:
    """Those of its family, without host bits: a check that reads another as one would break."""
    words = {"PrefixListName": "a", "MaxEntries": "2", "AddressFamily": "IPv4"}
    for text in ("anybody", "::/0", "10.0.0.0/33", ""):
        assert b"InvalidParameterValue" in served.form("CreateManagedPrefixList", **words, **{"Entry.1.Cidr": text})[1]
    made = served.form("CreateManagedPrefixList", **words, **{"Entry.1.Cidr": "10.1.2.3/8"})[1]
    id = made.partition(b"<prefixListId>")[2].partition(b"<")[0].decode()
    changes = {"PrefixListId": id, "CurrentVersion": "1", "AddEntry.1.Cidr": "anybody"}
    assert b"InvalidParameterValue" in served.form("ModifyManagedPrefixList", **changes)[1]
    without = {
        "PrefixListId": id,
        "CurrentVersion": "1",
        "AddEntry.3.Description": "a",
        "RemoveEntry.1.Cidr": "10.0.0.0/8",
    }
    assert b"MissingParameter" in served.form("ModifyManagedPrefixList", **without)[1]
    without = {**words, "Entry.1.Cidr": "10.0.0.0/8", "Entry.2.Description": "a"}
    assert b"parameter Entry.2.Cidr" in served.form("CreateManagedPrefixList", **without)[1]
    assert b"<cidr>10.0.0.0/8</cidr>" in served.form("GetManagedPrefixListEntries", PrefixListId=id)[1]


def test_a_hundred_asterisks_cost_no_more_than_one() -> None:
    """A filter's pattern is matched without going back; the escaped signs stand for themselves."""
    assert not _pattern("*a" * 100 + "b").fullmatch("a" * 250)
    assert all(_pattern(text).fullmatch("a*[b]?\\") for text in (r"a\*[b]\?\\", "a*[b]*"))
    assert not any(_pattern(text).fullmatch("axb") for text in (r"a\*b", "a[x]b"))


def test_nothing_is_answered_or_written_down_after_the_end(served: Served) -> None:
    """Requests that were under way when the run ended change neither the account nor the trail."""
    served.raw("PUT", "/bucket")
    served.cloud.close()
    assert served.raw("PUT", "/other")[0] == 503
    assert [call.operation for call in served.cloud.trail] == ["CreateBucket"]


def test_the_log_is_sparing_and_plain() -> None:
    """What a request held is escaped, a failure is told once, and a flood of them is cut."""
    keep = _Sparing()
    records = [logging.LogRecord("", 30, "", 0, "%s\x1b[2J\u202e", (n // 2,), None) for n in range(100)]
    told = [record.getMessage() for record in records if keep.filter(record)]
    assert told == [f"{n}\\x1b[2J\\u202e" for n in range(20)]
