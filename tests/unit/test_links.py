"""Links to objects, opened in the trusted process: what a browser would see, and never over a network."""

import boto3
import pytest
from botocore.config import Config

from drycloud.cloud.clients.boto import client
from drycloud.cloud.clients.links import Page, open_link
from drycloud.cloud.moto import engine
from drycloud.cloud.request.keys import STUDENT_KEY, STUDENT_SECRET

ENDPOINT = "http://127.0.0.1:4566"
KEY = "maps/Łódź + north.csv"
FOUND = Page(200, b"1,2", "data-of-mine", KEY)


@pytest.fixture(autouse=True)
def bucket():
    engine.reset()
    s3 = client("s3")
    s3.create_bucket(Bucket="data-of-mine")
    s3.put_object(Bucket="data-of-mine", Key=KEY, Body=b"1,2")
    s3.put_object(Bucket="data-of-mine", Key="other", Body=b"3,4")
    yield
    engine.reset()


def presigned(operation="get_object", *, secret=STUDENT_SECRET, seconds=3600, endpoint=ENDPOINT, **config):
    """A link as a student makes it."""
    s3 = boto3.client(
        "s3",
        region_name="us-east-1",
        endpoint_url=endpoint,
        aws_access_key_id=STUDENT_KEY,
        aws_secret_access_key=secret,
        config=Config(**config),
    )
    return s3.generate_presigned_url(operation, Params={"Bucket": "data-of-mine", "Key": KEY}, ExpiresIn=seconds)


STYLES = {
    "version 4": {"signature_version": "s3v4"},
    "version 2": {"signature_version": "s3"},
    "version 4, bucket in the host": {
        "signature_version": "s3v4",
        "endpoint": "https://s3.us-east-1.amazonaws.com",
        "s3": {"addressing_style": "virtual"},
    },
    "version 2, bucket in the host": {
        "signature_version": "s3",
        "endpoint": "https://s3.amazonaws.com",
        "s3": {"addressing_style": "virtual"},
    },
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_presigned_link_opens_until_it_expires(style):
    """In either version of the signature, with the bucket in the host's name or in the path."""
    url = presigned(**style)
    assert open_link(url) == FOUND
    assert open_link(url, 3590) == FOUND
    assert open_link(url, 3610).status == 403


@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_what_was_not_signed_does_not_open(version):
    """Another key, a longer life, another method, a wrong secret, or no signature at all."""
    url = presigned(signature_version=version)
    longer = url.replace("Expires=3600", "Expires=7200") if version == "s3v4" else url.replace("Expires=1", "Expires=2")
    assert longer != url
    name = url[len(f"{ENDPOINT}/data-of-mine/") :].partition("?")[0]
    for wrong in (
        url.replace(name, "other"),
        longer,
        presigned("put_object", signature_version=version),
        presigned("delete_object", signature_version=version),
        presigned(secret="guessed", signature_version=version),
        url.partition("?")[0],
        url.partition("Signature")[0].rstrip("&"),
    ):
        assert open_link(wrong).status in (400, 403), wrong
    assert open_link(url) == FOUND


def test_a_link_that_leads_elsewhere_is_not_followed():
    """Other hosts and schemes, and what is no link: nothing is asked, and nothing is raised."""
    query = presigned().partition("?")[2]
    for wrong in (
        f"http://example.org/data-of-mine/other?{query}",
        f"http://127.0.0.1@example.org/data-of-mine/other?{query}",
        f"http://127.0.0.1.example.org/data-of-mine/other?{query}",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/data-of-mine/other",
        "http://[::1",
        "http://127.0.0.1:port/x",
        "http://127.0.0.1/a b",
        "http://127.0.0.1/\r\nHost: x",
        "http://127.0.0.1/" + "a" * 10_000,
        "http://127.0.0.1/\ud800",
        "",
        None,
        3,
        ["http://127.0.0.1/data-of-mine/other"],
    ):
        assert open_link(wrong) == Page()


def test_odd_queries_raise_nothing():
    """Many fields, halves of signatures, impossible dates: each is refused."""
    place = f"{ENDPOINT}/data-of-mine/other"
    for query in (
        "a=&" * 1500,
        f"AWSAccessKeyId={STUDENT_KEY}",
        f"AWSAccessKeyId={STUDENT_KEY}&Signature=x",
        f"AWSAccessKeyId={STUDENT_KEY}&Signature=x&Expires=never",
        "X-Amz-Signature=x",
        "X-Amz-Credential=a/b/c",
        presigned(signature_version="s3v4").partition("?")[2].replace("X-Amz-Date=2", "X-Amz-Date=x"),
        presigned(signature_version="s3v4").partition("?")[2].replace("%2Fs3%2F", "%2Fec2%2F"),
        "%ff%fe=%00",
    ):
        assert open_link(f"{place}?{query}").status in (400, 401, 403), query
