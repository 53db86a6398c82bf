"""One run may store so much and no more, however it goes about it: the account lies in the grading process's memory."""

from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError

from drycloud.cloud.clients.boto import client, environ_of
from drycloud.cloud.http.app import Cloud
from drycloud.cloud.moto import engine
from drycloud.cloud.rules import room
from drycloud.lab.settings import environment


@pytest.fixture
def student(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A student's client, in an account with room for 100 bytes and 20 versions."""
    engine.reset()
    monkeypatch.setattr(room, "_BYTES", 100)
    monkeypatch.setattr(room, "_VERSIONS", 20)
    cloud, known = Cloud(["s3"]), environment(1)
    made = boto3.client(
        "s3",
        region_name="us-east-1",
        endpoint_url="http://127.0.0.1",
        aws_access_key_id=known["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=known["AWS_SECRET_ACCESS_KEY"],
    )

    def send(request: Any, **_: Any) -> AWSResponse:
        told: list[Any] = []
        body = b"".join(cloud(environ_of(request), lambda status, headers: told.extend((status, headers))))
        return AWSResponse(request.url, int(told[0][:3]), dict(told[1]), Raw(body))

    made.meta.events.register("before-send.s3", send)
    made.create_bucket(Bucket="store")
    yield made
    engine.reset()


class Raw:
    def __init__(self, body: bytes):
        self.body = body

    def stream(self, **_: Any) -> Any:
        yield self.body


def put(s3: Any, size: int) -> None:
    s3.put_object(Bucket="store", Key="a", Body=bytes(size))


def delete_many(s3: Any, count: int) -> None:
    s3.delete_objects(Bucket="store", Delete={"Objects": [{"Key": f"k{n}"} for n in range(count)]})


WAYS = {
    "one large object": lambda s3: put(s3, 101),
    "one object again and again": lambda s3: [put(s3, 40) for _ in range(3)],
    "copies": lambda s3: (put(s3, 40), [s3.copy_object(Bucket="store", Key=k, CopySource="store/a") for k in "bc"]),
    "markers": lambda s3: [delete_many(s3, 10) for _ in range(3)],
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_there_is_an_end(student: Any, way: Any) -> None:
    """By what is written, not by what is left of it."""
    with pytest.raises(ClientError, match="simulator stores"):
        way(student)


def test_what_fits_is_stored(student: Any) -> None:
    """Up to the bound, and beyond it for the scene and the graders."""
    put(student, 100)
    client("s3").put_object(Bucket="store", Key="b", Body=bytes(200))
    assert len(student.list_objects_v2(Bucket="store")["Contents"]) == 2
