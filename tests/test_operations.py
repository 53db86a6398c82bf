"""The trail names each call as AWS does."""

from typing import Any

import pytest

from drycloud.cloud import client
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


@pytest.mark.parametrize(("service", "method", "words", "name"), CALLS, ids=[call[3] for call in CALLS])
def test_a_call_is_named(service: str, method: str, words: dict[str, Any], name: str) -> None:
    """What a boto3 client sends is recognised, whatever clients were made before in this process."""
    sender, seen = client(service), []

    def catch(request: Any, **_: Any) -> None:
        environ = environ_of(request)
        seen.append(describe_call(service, environ, environ["wsgi.input"].read())[0])

    sender.meta.events.register_first("before-send", catch)
    try:
        getattr(sender, method)(**words)
    except sender.exceptions.ClientError:
        pass
    finally:
        sender.meta.events.unregister("before-send", catch)
    assert seen[0] == name


def test_what_is_made_up_is_left_out() -> None:
    """Tokens and public keys are others in each run of the same code: the trail, which must not differ, has neither."""
    body = b"Action=ImportKeyPair&Version=2016-11-15&KeyName=mine&PublicKeyMaterial=c3NoLXJzYQ&ClientToken=1f"
    assert describe_call("ec2", {}, body) == ("ImportKeyPair", {"KeyName": "mine"})
