"""The trail names each call as AWS does."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError
from botocore.serialize import EC2Serializer

from drycloud.cloud.clients.boto import environ_of
from drycloud.cloud.request.aws_request import AwsError
from drycloud.cloud.request.fields import check_form, check_query
from drycloud.cloud.request.operations import describe_call, model, shown

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


def test_what_is_made_up_is_not_shown() -> None:
    """Tokens and public keys are others in each run of the same code: a report, which must not differ, has neither."""
    body = b"Action=ImportKeyPair&Version=2016-11-15&KeyName=mine&PublicKeyMaterial=c3NoLXJzYQ&ClientToken=1f"
    operation, parameters = describe_call("ec2", {}, body)
    assert operation == "ImportKeyPair"
    assert parameters == {"KeyName": "mine", "PublicKeyMaterial": "c3NoLXJzYQ", "ClientToken": "1f"}
    assert shown(parameters) == {"KeyName": "mine"}


def test_what_is_judged_is_whole_and_what_is_shown_is_short() -> None:
    """Of as many and as long parameters as a request may have, checks see all, and a report the first."""
    ids = [f"i-{number:017x}" for number in range(1000)]
    form = {"Action": "TerminateInstances", **{f"InstanceId.{n}": id for n, id in enumerate(ids, 1)}}
    _, parameters = describe_call("ec2", {}, urlencode(form).encode())
    assert parameters == {"InstanceId": ids}
    assert len(shown(parameters)["InstanceId"]) < 200
    key = "k" * 1000
    _, parameters = describe_call("s3", {"REQUEST_METHOD": "GET", "PATH_INFO": f"/data/{key}"}, b"")
    assert parameters["Key"] == key
    assert shown(parameters)["Key"] == key[:300]
    fields = {f"Filter.1.Value.{number}": "\x01" * 300 for number in range(1, 199)}
    _, parameters = describe_call("ec2", {}, urlencode({"Action": "DescribeTags"} | fields).encode())
    assert len(parameters["Filter"][0]["Value"]) == 198
    assert len(json.dumps(shown(parameters))) < 10_000


@pytest.mark.parametrize(
    "fields",
    [
        {"InstanceId": "i-0", "InstanceId.1": "i-1"},
        {"InstanceId.1": "i-1", "InstanceId": "i-0"},
        {"InstanceId.1": "i-1", "InstanceId.1.Id": "i-2"},
        {"InstanceId.1.Id": "i-2", "InstanceId.1": "i-1"},
        {f"InstanceId.{'9' * 5000}": "i-1", "InstanceId.2": "i-2"},
        {"a." * 5000 + "a": "i-1", "": "", ".": ".", "..": ".."},
    ],
)
def test_no_field_hides_another(fields: dict[str, str]) -> None:
    """However they are called, each value is there."""
    _, parameters = describe_call("ec2", {}, urlencode(fields | {"Action": "TerminateInstances"}).encode())
    assert sorted(texts(parameters)) == sorted(fields.values())


def texts(value: Any) -> list[str]:
    if isinstance(value, dict | list):
        items = value.values() if isinstance(value, dict) else value
        return [text for item in items for text in texts(item)]
    return [value]


def test_a_query_says_nothing_of_the_path() -> None:
    """What a student writes behind the question mark is not taken for the bucket or the key."""
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/data/one", "QUERY_STRING": "Key=two&Bucket=mine&CopySource=a/b"}
    _, parameters = describe_call("s3", environ, b"")
    assert (parameters["Bucket"], parameters["Key"]) == ("data", "one")
    assert "CopySource" not in parameters


def test_ec2_takes_the_fields_that_botocore_sends() -> None:
    """Of every operation each field, in lists and structures as deep as they go."""
    for operation in model("ec2").operation_names:
        shape = model("ec2").operation_model(operation)
        if shape.input_shape:
            sent = EC2Serializer().serialize_to_request(sample(shape.input_shape), shape)["body"]
            check_form(operation, urlencode(sent))


def sample(shape: Any, within: tuple[str, ...] = ()) -> Any:
    if shape.type_name == "structure":
        members = {} if shape.name in within else shape.members
        return {name: sample(member, (*within, shape.name)) for name, member in members.items()}
    if shape.type_name == "list":
        return [sample(shape.member, within)] * 2
    kinds = {"string": "a", "boolean": True, "timestamp": "2027-01-01T00:00:00Z", "blob": b"x"}
    return kinds.get(shape.type_name, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Action=TerminateInstances&InstanceId.1=i-1&Nothing=1", "UnknownParameter"),
        ("Action=TerminateInstances&InstanceId=i-1", "UnknownParameter"),
        ("Action=TerminateInstances&InstanceId.01=i-1", "UnknownParameter"),
        ("Action=TerminateInstances&InstanceId.%D9%A3=i-1", "UnknownParameter"),
        ("Action=TerminateInstances&InstanceId.1=i-1&InstanceId.1=i-2", "MalformedQueryString"),
        ("Action=TerminateInstances&" + "&".join(f"InstanceId.{n}=i" for n in range(1, 5001)), "MalformedQueryString"),
        ("Action=terminateInstances&InstanceId.1=i-1", "InvalidAction"),
        ("Action=terminate_instances&InstanceId.1=i-1", "InvalidAction"),
        ("Action=CreateTags&ResourceId.1=i-1&Tag.1.Key=a&Tag.1.Value=b%01", "InvalidParameterValue"),
        ("Action=CreateTags&ResourceId.1=i-1&Tag.1.Key=a&Tag.1.Value=b%EF%BF%BE", "InvalidParameterValue"),
    ],
)
def test_a_form_that_moto_would_read_otherwise_is_refused(text: str, code: str) -> None:
    """As AWS refuses what an operation has no field for; moto takes it."""
    with pytest.raises(AwsError) as refused:
        check_form(text.partition("&")[0].removeprefix("Action="), text)
    assert refused.value.code == code


@pytest.mark.parametrize("query", ["versionId=a&versionId=b", "a=1&" * 200, f"{'a' * 20_000}&versionId=b"])
def test_a_query_that_could_be_read_in_two_ways_is_refused(query: str) -> None:
    """moto would take the first of two, and our records the last."""
    with pytest.raises(AwsError):
        check_query(query)
