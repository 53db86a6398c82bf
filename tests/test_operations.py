"""The trail names each call as AWS does."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

from drycloud.cloud.clients import environ_of
from drycloud.cloud.operations import describe_call

BUCKET = {"Bucket": "data-of-mine"}
OBJECT = {**BUCKET, "Key": "a/b c.csv"}
CALLS = [
    ("s3", "create_bucket", BUCKET, "CreateBucket"),
    ("s3", "delete_bucket", BUCKET, "DeleteBucket"),
    ("s3", "list_buckets", {}, "ListBuckets"),
    ("s3", "list_objects_v2", BUCKET, "ListObjectsV2"),
    ("s3", "list_object_versions", BUCKET, "ListObjectVersions"),
    ("s3", "get_bucket_versioning", BUCKET, "GetBucketVersioning"),
    ("s3", "put_public_access_block", {**BUCKET, "PublicAccessBlockConfiguration": {}}, "PutPublicAccessBlock"),
    ("s3", "put_object", {**OBJECT, "Body": b"x"}, "PutObject"),
    ("s3", "get_object", OBJECT, "GetObject"),
    ("s3", "head_object", OBJECT, "HeadObject"),
    ("s3", "get_object_tagging", OBJECT, "GetObjectTagging"),
    ("s3", "copy_object", {**OBJECT, "CopySource": "other/key"}, "CopyObject"),
    ("s3", "create_multipart_upload", OBJECT, "CreateMultipartUpload"),
    ("s3", "upload_part", {**OBJECT, "PartNumber": 1, "UploadId": "u", "Body": b"x"}, "UploadPart"),
    ("ec2", "describe_instances", {}, "DescribeInstances"),
    ("ec2", "terminate_instances", {"InstanceIds": ["i-1"]}, "TerminateInstances"),
]


class Nothing:
    """A response's body without a byte."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield b""


@pytest.mark.parametrize(("service", "method", "words", "name"), CALLS, ids=[call[3] for call in CALLS])
def test_a_call_is_named(service: str, method: str, words: dict[str, Any], name: str) -> None:
    """What a boto3 client sends is recognised, whatever clients were made before in this process."""
    keys = {"aws_access_key_id": "AKIA", "aws_secret_access_key": "secret"}
    sender = boto3.client(service, "us-east-1", endpoint_url="http://127.0.0.1", **keys)
    seen = []

    def catch(request: Any, **_: Any) -> AWSResponse:
        environ = environ_of(request)
        seen.append(describe_call(service, environ, environ["wsgi.input"].read())[0])
        return AWSResponse(request.url, 400, {}, Nothing())

    sender.meta.events.register("before-send", catch)
    with pytest.raises((ClientError, ResponseParserError)):
        getattr(sender, method)(**words)
    assert seen[0] == name


def test_what_is_made_up_is_left_out() -> None:
    """Tokens and public keys are others in each run of the same code: the trail, which must not differ, has neither."""
    body = b"Action=ImportKeyPair&Version=2016-11-15&KeyName=mine&PublicKeyMaterial=c3NoLXJzYQ&ClientToken=1f"
    assert describe_call("ec2", {}, body) == ("ImportKeyPair", {"KeyName": "mine"})
