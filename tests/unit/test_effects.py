"""A call that is refused has no effect, and its message is a sentence without Python's collections."""

from collections.abc import Iterator

import pytest
from botocore.exceptions import ClientError

from drycloud.cloud.account.snapshot import take_snapshot
from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine
from drycloud.cloud.warm import warm_up

BAD_TAGS = [
    "aws:a=b",
    "=b",
    "a=1&a=2",
    "a=%zz",
    "a=%ff",
    "k" * 129 + "=v",
    "k=" + "v" * 257,
    "&".join(map("k{}=v".format, range(11))),
]


@pytest.fixture(autouse=True)
def account() -> Iterator[None]:
    """A new account, forgotten afterwards."""
    warm_up(["ec2", "s3"])
    yield
    engine.reset()


@pytest.mark.parametrize("text", BAD_TAGS, ids=[text[:12] for text in BAD_TAGS])
def test_bad_tags_store_nothing(text: str) -> None:
    """An object or an upload whose tags are refused is not there afterwards, and what was there is as it was."""
    s3 = client("s3")
    s3.create_bucket(Bucket="there")
    s3.put_object(Bucket="there", Key="key", Body=b"text")
    before = take_snapshot()
    source = {"CopySource": "there/key", "TaggingDirective": "REPLACE"}
    for method, words in (("put_object", {}), ("create_multipart_upload", {}), ("copy_object", source)):
        for key in ("key", "new"):
            with pytest.raises(ClientError, match=r"Invalid|BadRequest"):
                getattr(s3, method)(Bucket="there", Key=key, Tagging=text, **words)
    assert take_snapshot().resources == before.resources


def test_unknown_ids_are_named_in_the_order_asked() -> None:
    """Volumes that are not there are all named, as a list of AWS's and not as a set of Python's."""
    ids = [f"vol-{n:017x}" for n in (5, 3, 9, 1)]
    with pytest.raises(ClientError) as caught:
        client("ec2").describe_volumes(VolumeIds=ids)
    message = caught.value.response["Error"]["Message"]
    assert ", ".join(ids) in message
    assert not set(message) & set("{}[]")
