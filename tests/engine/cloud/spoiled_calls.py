"""Calls of EC2 and S3 that are spoiled in one place each, as they go over the line; for test_refused."""

import copy
import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode
from xml.etree.ElementTree import Element, ParseError, fromstring, register_namespace, tostring

from botocore.serialize import create_serializer
from moto.s3.models import OWNER

from drycloud.cloud.clients.boto import environ_of
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.request.fields import check_form, check_query, sent
from drycloud.cloud.request.operations import describe_call
from drycloud.cloud.rules import refusal, respond
from drycloud.cloud.rules.ids import id_fields
from drycloud.cloud.rules.registry import Answer

register_namespace("", "http://s3.amazonaws.com/doc/2006-03-01/")
register_namespace("xsi", "http://www.w3.org/2001/XMLSchema-instance")
EVERYTHING = bool(os.environ.get("EVERY"))  # however deep a field lies, and with every value
UNKNOWN = "a parameter that there is not"
WORDS = ("nonsense", "", "-1", "9" * 20) if EVERYTHING else ("nonsense", "")
# By the name of a header, what may go wrong with it beside WORDS.
HEADERS = {
    "x-amz-tagging": ("aws:a=b", "a=1&a=2", "a=%zz"),
    "x-amz-acl": ("public-read",),
    "x-amz-copy-source": ("not-there/key", "plain/not-there", "plain/key?versionId=nonsense"),
    "content-md5": ("1B2M2Y8AsgTpgAmY7PhCfg==",),
}
GRANTS = ('id="nonsense"', "emailAddress=nobody@example.org", 'uri="http://example.org"', "id", "id=a,,")
SCOPE = "AWS4-HMAC-SHA256 Credential=AKIADRYCLOUDSTUDENT1/20260101/us-east-1/{}/aws4_request"


class Call(NamedTuple):
    """A request: what is wrong with it, and how it goes over the line."""

    wrong: str
    service: str
    environ: dict[str, Any]
    body: bytes


def ask(call: Call) -> Answer:
    """The answer, as the endpoint gives it to a request that is signed."""
    environ = {**call.environ, "HTTP_AUTHORIZATION": SCOPE.format(call.service)}
    environ |= {"wsgi.input": io.BytesIO(call.body), "CONTENT_LENGTH": str(len(call.body))}
    operation = describe_call(call.service, environ, call.body)[0]
    try:
        if call.service == "ec2":
            check_form(operation, call.body.decode())
        else:
            check_query(str(environ.get("QUERY_STRING", "")))
    except AwsError as error:
        return refusal(call.service, error)
    return respond(AwsRequest(call.service, operation, "us-east-1", environ, call.body))


def prepare(s3: Any) -> None:
    """Buckets that take what others do not: with ACLs, with locks, and one without anything; and settings to lose."""
    rules = {"Rules": [{"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}]}
    s3.put_bucket_lifecycle_configuration(Bucket="there", LifecycleConfiguration=rules)
    origins = {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["http://old.example.org"]}]}
    s3.put_bucket_cors(Bucket="there", CORSConfiguration=origins)
    s3.put_bucket_tagging(Bucket="there", Tagging={"TagSet": [{"Key": "old", "Value": "tag"}]})
    s3.put_object_tagging(Bucket="there", Key="key", Tagging={"TagSet": [{"Key": "old", "Value": "tag"}]})
    s3.create_bucket(Bucket="open", ObjectOwnership="ObjectWriter")
    s3.delete_public_access_block(Bucket="open")
    s3.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    s3.create_bucket(Bucket="empty")
    for bucket in ("open", "locked"):
        s3.put_object(Bucket=bucket, Key="key", Body=b"text")


def good_calls(known: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """By operation, calls that are right, and that say much."""
    there, locked = {"Bucket": "open", "Key": "key"}, {"Bucket": "locked", "Key": "key"}
    owner = {"ID": OWNER, "Type": "CanonicalUser"}
    acl = {"Owner": {"ID": OWNER}, "Grants": [{"Grantee": owner, "Permission": "FULL_CONTROL"}]}
    rule = {
        "ID": "x",
        "Status": "Enabled",
        "Filter": {"And": {"Prefix": "a", "Tags": [{"Key": "k", "Value": "v"}], "ObjectSizeGreaterThan": 5}},
        "Expiration": {"Days": 5},
        "Transitions": [{"Days": 3, "StorageClass": "GLACIER"}],
        "NoncurrentVersionExpiration": {"NoncurrentDays": 3},
    }
    upload = {"Filter": {"Prefix": ""}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 2}}
    rules = {"Rules": [rule, {"ID": "y", "Status": "Enabled", **upload}]}
    lock = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}
    retention = {"Mode": "GOVERNANCE", "RetainUntilDate": datetime(2030, 1, 1, tzinfo=UTC)}
    address = {"AllocationId": known["AllocationId"]}
    return {
        "AssociateAddress": [{**address, "InstanceId": known["InstanceId"]}],
        "CopyObject": [{**there, "CopySource": "plain/key"}],
        "CreateBucket": [{"Bucket": "another", "ObjectOwnership": "ObjectWriter"}],
        "CreateMultipartUpload": [there],
        "DeleteBucket": [{"Bucket": "empty"}],
        "ModifyLaunchTemplate": [{"LaunchTemplateName": "plan", "DefaultVersion": "1"}],
        "PutBucketAcl": [{"Bucket": "open", "AccessControlPolicy": acl}],
        "PutBucketLifecycleConfiguration": [{"Bucket": "there", "LifecycleConfiguration": rules}],
        "PutObject": [{**there, "Body": b"other"}],
        "PutObjectAcl": [{**there, "AccessControlPolicy": acl}],
        "PutObjectLegalHold": [{**locked, "LegalHold": {"Status": "ON"}}],
        "PutObjectLockConfiguration": [{"Bucket": "locked", "ObjectLockConfiguration": lock}],
        "PutObjectRetention": [{**locked, "Retention": retention}],
        "PutPublicAccessBlock": [
            {"Bucket": "there", "PublicAccessBlockConfiguration": {"BlockPublicAcls": True, "BlockPublicPolicy": False}}
        ],
        "ReleaseAddress": [address],
    }


# --- EC2 --------------------------------------------------------------------------------------------------------------


def plain_form(model: Any, words: dict[str, Any]) -> dict[str, str]:
    """The fields of a request of EC2."""
    body = create_serializer("ec2", include_validation=False).serialize_to_request(words, model)["body"]
    return {name: str(value) for name, value in body.items()}


def of_form(form: dict[str, str], wrong: str = "") -> Call:
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/", "RAW_URI": "/", "QUERY_STRING": "", **_SERVER}
    return Call(wrong, "ec2", environ, urlencode(form).encode())


_SERVER = {"HTTP_HOST": "127.0.0.1", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "wsgi.url_scheme": "http"}


def spoiled_forms(model: Any, call: Call) -> Iterator[Call]:
    """The request with each field in turn malformed, or with the id of what is not there, or missing."""
    form = dict(parse_qsl(call.body.decode(), keep_blank_values=True))
    ids = id_fields(model.name)
    yield of_form(form | {"Nonsense": "x"}, UNKNOWN)
    for name in [name for name in form if name not in ("Action", "Version")]:
        yield of_form({field: text for field, text in form.items() if field != name}, f"no {name}")
    for general, kind in _fields(model.input_shape):
        name = general.replace("#", "1")
        values = _bad(kind) if general not in ids else ("nonsense", f"{ids[general]}-{'9' * 17}")
        for value in values:
            yield of_form(form | {name: value}, f"{name}={value}")


def _bad(kind: str) -> tuple[str, ...]:
    if EVERYTHING:
        return WORDS
    return ("-1", "nonsense") if kind in ("integer", "long") else ("nonsense",)


def _fields(shape: Any) -> Iterator[tuple[str, str]]:
    """Fields by general names with their kinds: those at the top, and of each kind of thing below the first time."""
    seen: set[str] = set()
    yield from _below(shape, "", seen) if shape is not None else ()


def _below(shape: Any, place: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    if shape.type_name == "list":
        yield from _below(shape.member, f"{place}.#", seen)
    elif shape.type_name != "structure":
        yield place, shape.type_name
    elif shape.name not in seen or (EVERYTHING and place.count(".") < 9):
        seen.add(shape.name)
        for name, member in shape.members.items():
            inner = sent(member, name)
            yield from _below(member, f"{place}.{inner}" if place else inner, seen)


# --- S3 ---------------------------------------------------------------------------------------------------------------


def plain_request(client: Any, method: str, words: dict[str, Any]) -> Call:
    """A request of S3, as boto3 would send it."""
    caught: list[Any] = []

    def catch(request: Any, **_: Any) -> None:
        caught.append(request)
        raise InterruptedError

    client.meta.events.register_first("before-send.s3", catch)
    try:
        getattr(client, method)(**words)
    except InterruptedError:
        pass
    finally:
        client.meta.events.unregister("before-send.s3", catch)
    body = caught[0].body
    data = body.read() if hasattr(body, "read") else body or b""
    return Call("", "s3", environ_of(caught[0]), data.encode() if isinstance(data, str) else bytes(data))


def spoiled_requests(model: Any, call: Call) -> Iterator[Call]:
    """The request with each header, word of the query and part of its document in turn malformed or missing."""
    shape = model.input_shape
    for member in shape.members.values():
        place, name = member.serialization.get("location"), member.serialization.get("name", "")
        if place == "header":
            for value in (*WORDS, *HEADERS.get(name.lower(), ()), *(GRANTS if "-grant-" in name else ())):
                yield with_header(call, name, value)
        elif place == "querystring":
            for value in WORDS:
                yield with_word(call, name, value)
    yield with_word(call, "nonsense", "x")
    for header in ("Content-MD5", "x-amz-checksum-crc32", "x-amz-checksum-sha256", "x-amz-sdk-checksum-algorithm"):
        for value in (*WORDS, *HEADERS.get(header.lower(), ())):
            yield with_header(call, header, value)
    for name in [name for name in call.environ if name.startswith("HTTP_X_AMZ_")]:
        yield call._replace(wrong=f"no {name}", environ={n: v for n, v in call.environ.items() if n != name})
    yield from _spoiled_documents(call)


def with_header(call: Call, name: str, value: str) -> Call:
    field = name.upper().replace("-", "_")
    field = field if field in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{field}"
    return call._replace(wrong=f"{name}: {value}", environ=call.environ | {field: value})


def with_word(call: Call, name: str, value: str) -> Call:
    query = urlencode(dict(parse_qsl(call.environ["QUERY_STRING"], keep_blank_values=True)) | {name: value})
    path = call.environ["RAW_URI"].partition("?")[0]
    environ = call.environ | {"QUERY_STRING": query, "RAW_URI": f"{path}?{query}"}
    return call._replace(wrong=f"?{name}={value}", environ=environ)


def _spoiled_documents(call: Call) -> Iterator[Call]:
    """A body that is a document, with each element in turn another, gone, or twice, and bodies that are none."""
    try:
        root = fromstring(call.body)
    except ParseError:
        return
    plain = _without_digests(call)
    for body in (b"", b"nonsense", call.body[:-3], b"<Nonsense/>"):
        yield plain._replace(wrong=f"the body {body[:20]!r}", body=body)
    count = sum(1 for _ in root.iter())
    for number in range(count):
        for spoil in (_other_text, _no_text, _extra, _gone, _twice):
            made = copy.deepcopy(root)
            places = list(made.iter())
            spoil(made, places[number])
            body = tostring(made)
            yield plain._replace(wrong=f"{spoil.__name__} {places[number].tag.rpartition('}')[2]}", body=body)


def _without_digests(call: Call) -> Call:
    digests = ("HTTP_X_AMZ_CHECKSUM", "HTTP_CONTENT_MD5", "HTTP_X_AMZ_SDK")
    kept = {name: value for name, value in call.environ.items() if not name.startswith(digests)}
    return call._replace(environ=kept)


def _other_text(_: Element, place: Element) -> None:
    place.text = "nonsense"


def _no_text(_: Element, place: Element) -> None:
    place.text = ""


def _extra(_: Element, place: Element) -> None:
    place.append(Element("Nonsense"))


def _gone(root: Element, place: Element) -> None:
    for parent in root.iter():
        if place in list(parent):
            parent.remove(place)


def _twice(root: Element, place: Element) -> None:
    for parent in list(root.iter()):
        if place in list(parent):
            parent.append(copy.deepcopy(place))
