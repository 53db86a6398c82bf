"""What calls may bring, cost and hold on the side that judges: more is refused, and the run's report says so."""

import contextlib
import http.client
import io
import threading
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from patience import PATIENCE
from served_endpoint import Served, signed
from step_runs import graded

from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.meter import Bounds, Meter
from drycloud.cloud.request.aws_request import AwsError
from drycloud.limits import Limits

MIB = 1024**2


# --- headers ----------------------------------------------------------------------------------------------------------


def status_of(served: Served, headers: dict[str, str], path: str = "/none/key") -> tuple[int, bytes]:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)) as line:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.read()


TOO_LONG = {
    "one": {"User-Agent": "a" * 9000},
    "many": {f"x-a-{n}": "a" * 150 for n in range(60)},
    "names": {"x" * 300 + str(n): "" for n in range(30)},
    "metadata": {"x-amz-meta-a": "a" * 9000},
    "content-disposition": {"Content-Disposition": "a" * 60_000},
}


@pytest.mark.parametrize("headers", TOO_LONG.values(), ids=TOO_LONG)
def test_headers_longer_than_s3_takes_are_refused(served: Served, headers: dict[str, str]) -> None:
    """8 KiB of all headers together, whichever they are; just below that they are read."""
    status, body = status_of(served, headers)
    assert (status, b"RequestHeaderSectionTooLarge" in body) == (400, True)
    assert status_of(served, {"User-Agent": "a" * 7900})[0] == 404


def test_a_path_has_an_end(served: Served) -> None:
    """An address of more than 32 KiB is no request."""
    assert status_of(served, {}, "/none/" + "a" * 33_000)[0] == 414


def test_headers_count_as_what_is_sent() -> None:
    """Whatever they say, in requests without a body too; so do addresses and forms."""
    with Served(bounds={"sent": 100_000}) as served:
        answers = [status_of(served, {"Cache-Control": "a" * 7000}) for _ in range(20)]
        assert answers[0][0] == 404
        assert b"EntityTooLarge" in answers[-1][1]
        assert [error for _, error in served.state()[1]].count("EntityTooLarge") > 3


# --- work -------------------------------------------------------------------------------------------------------------


def filters(values: int, length: int = 8) -> list[dict[str, Any]]:
    return [{"Name": "tag:a", "Values": [f"*{n}".ljust(length, "*") for n in range(values)]}]


@pytest.mark.parametrize("method", ["describe_instances", "describe_images", "describe_tags", "describe_volumes"])
def test_filters_have_as_many_values_as_aws_compares(served: Served, method: str) -> None:
    """200 in a call, over all filters, of 255 characters each."""
    ask = getattr(served.client("ec2"), method)
    ask(Filters=filters(100, 255) + filters(100))
    for wrong in (filters(201), filters(100) + filters(101), filters(1, 256)):
        with pytest.raises(ClientError, match="FilterLimitExceeded"):
            ask(Filters=wrong)


def test_wildcards_are_compared_with_so_much_in_one_call(served: Served) -> None:
    """Many of them with many tags are refused at once; few of them, and texts without wildcards, are not."""
    ec2 = served.client("ec2")
    tags = [{"Key": f"k{n}", "Value": "v" * 200} for n in range(50)]
    for _ in range(25):
        named = [{"ResourceType": "volume", "Tags": tags}]
        ec2.create_volume(AvailabilityZone="us-east-1a", Size=1, TagSpecifications=named)
    with pytest.raises(ClientError, match=r"RequestLimitExceeded.*compares 200000"):
        ec2.describe_tags(Filters=[{"Name": "value", "Values": [f"*{n}" for n in range(200)]}])
    ec2.describe_tags(Filters=[{"Name": "value", "Values": ["*v"] + ["v"] * 199}])


def test_what_objects_hold_is_not_computed_with(served: Served) -> None:
    """S3 Select is closed to new accounts, as on AWS, before anything is unpacked."""
    s3 = served.client("s3")
    s3.create_bucket(Bucket="selected")
    s3.put_object(Bucket="selected", Key="k", Body=b"PAR1" + bytes(100) + b"PAR1")
    for kind in ({"CSV": {}, "CompressionType": "GZIP"}, {"Parquet": {}}):
        with pytest.raises(ClientError, match="MethodNotAllowed"):
            s3.select_object_content(
                Bucket="selected",
                Key="k",
                ExpressionType="SQL",
                Expression="SELECT * FROM s3object",
                InputSerialization=kind,
                OutputSerialization={"CSV": {}},
            )


def test_processor_time_of_all_calls_is_bounded() -> None:
    """Of what is no request too; then nothing is done any more."""
    with Served(bounds={"seconds": 2.0}) as served:
        s3 = served.client("s3")
        s3.create_bucket(Bucket="costs")
        while b"cost too much processor time" not in served.send(signed(served.port, "s3")):
            served.send(b"GET / HTTP/1.1\r\nNo colon\r\n\r\n")
        with pytest.raises(ClientError, match="RequestLimitExceeded"):
            s3.put_object(Bucket="costs", Key="k", Body=b"")


def test_memory_that_calls_take_is_bounded() -> None:
    """Of whatever is kept, as the kernel counts it."""
    with Served(bounds={"held": 40 * MIB}) as served:
        s3 = served.client("s3")
        s3.create_bucket(Bucket="holds")
        keep = [lambda n=n: s3.put_object(Bucket="holds", Key=str(n), Body=bytes(MIB)) for n in range(60)]
        with pytest.raises(ClientError, match="takes too much memory"):
            [one() for one in keep]


# --- the end ----------------------------------------------------------------------------------------------------------


def test_calls_in_the_queue_are_refused_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end waits for the call under way, and for none of those behind it."""
    cloud, under_way, go_on, done = Cloud(["ec2", "s3", "sts"]), threading.Event(), threading.Event(), []

    def slow(ask: Any) -> Any:
        done.append(ask.operation)
        under_way.set()
        go_on.wait(PATIENCE)
        return "200 OK", [], b""

    monkeypatch.setattr("drycloud.cloud.http.app.respond", slow)
    monkeypatch.setattr("drycloud.cloud.http.app.verified", lambda *_: None)

    def ask() -> None:
        b"".join(cloud({"REQUEST_METHOD": "GET", "PATH_INFO": "/a/b", "wsgi.input": io.BytesIO()}, lambda *_: None))

    calls = [threading.Thread(target=ask) for _ in range(20)]
    calls[0].start()
    assert under_way.wait(PATIENCE)
    for call in calls[1:]:
        call.start()
    end = threading.Thread(target=cloud.close)
    end.start()
    while not cloud._closed.is_set():
        pass
    go_on.set()
    for thread in (*calls, end):
        thread.join(PATIENCE)
    assert len(done) == 1
    assert [call.operation for call in cloud.trail] == ["GetObject"], "what was done is told, though the end had come"


def test_who_goes_on_after_the_end_of_a_run_waits() -> None:
    """Calls that are refused all the same do not take the processor from others."""
    meter = Meter(Bounds(requests=1))
    meter.arrive()
    for _ in range(3):
        with pytest.raises(AwsError, match="Too many"):
            meter.arrive()
    assert meter.refused == 3


# --- the report -------------------------------------------------------------------------------------------------------


OVERRUNS: dict[str, tuple[Limits, str]] = {
    "work": (Limits(cloud_seconds=0.02), "overran what its calls to AWS may cost, 0.02 seconds of processor time"),
    "memory": (Limits(cloud_mib=64), "overran the memory that the simulated AWS has for it, 64 MiB"),
    "headers": (Limits(sent_mib=1), "sent more than 1 MiB to AWS"),
}
FLOOD = """
import boto3
from botocore.config import Config
s3 = boto3.client("s3", config=Config(retries={"max_attempts": 0}))
failed = 0
for n in range(400):
    try: s3.put_object(Bucket=given.bucket, Key=str(n), Body=bytes(250_000), CacheControl="a" * 4000)
    except Exception: failed += 1
    if failed == 20: break
"""


@pytest.mark.parametrize(("limits", "words"), OVERRUNS.values(), ids=OVERRUNS)
def test_an_overrun_is_a_verdict_on_the_run(tmp_path: Path, limits: Limits, words: str) -> None:
    """It is graded, by what was done before, and told in a sentence; it is no fault of ours."""
    with graded(tmp_path, "04_s3/upload", limits=limits) as grade:
        report = grade(FLOOD)
    assert report.status == "graded"
    assert report.run.outcome == "finished"
    assert words in report.run.message
    assert report.score < report.points
