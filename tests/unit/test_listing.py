"""Lists tell when an object was stored closely enough for `aws s3 sync` to see that a file is no newer."""

from datetime import UTC, datetime, timedelta

import pytest

from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine


@pytest.fixture(autouse=True)
def new_account():
    engine.reset()
    yield
    engine.reset()


@pytest.mark.parametrize(("call", "part"), [("list_objects_v2", "Contents"), ("list_object_versions", "Versions")])
def test_an_object_is_no_older_than_the_file_it_was_made_of(call, part):
    """Both may be made within one second; AWS's times are cut off to the second."""
    s3 = client("s3")
    s3.create_bucket(Bucket="listed")
    while datetime.now(UTC).microsecond < 100_000:
        pass  # early in a second a time that is cut off would be right by chance
    made = datetime.now(UTC)
    s3.put_object(Bucket="listed", Key="a", Body=b"text")
    (found,) = getattr(s3, call)(Bucket="listed")[part]
    assert made - timedelta(milliseconds=1) <= found["LastModified"] <= datetime.now(UTC)
