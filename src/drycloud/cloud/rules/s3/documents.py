"""Validity of an S3 request: a supported operation, and a body that matches its schema."""

import re
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from drycloud.cloud.request.aws_request import AwsError, AwsRequest, malformed_xml
from drycloud.cloud.request.operations import marks_of, shape_of
from drycloud.cloud.rules.registry import before, unknown

# The operations of S3 that moto has, or that rules answer. moto takes others for a similar one: it deletes
# the bucket instead of one of its settings, and lists objects instead of returning another setting.
_KNOWN = re.compile(
    "(Abort|Complete|Create)MultipartUpload|CopyObject|(Create|Delete|Head)Bucket|ListBuckets|UploadPart(Copy)?|"
    "List(ObjectsV2|Objects|ObjectVersions|MultipartUploads|Parts)|(Get|Head|Put|Post|Delete)Object|DeleteObjects|"
    "(Get|Put|Delete)(Bucket(Cors|Encryption|OwnershipControls|Policy|Replication|Tagging|Website)|ObjectTagging|"
    "PublicAccessBlock)|DeleteBucketLifecycle|"
    "(Get|Put)(Bucket(Acl|AccelerateConfiguration|InventoryConfiguration|LifecycleConfiguration|Logging|"
    "NotificationConfiguration|Versioning)|Object(Acl|LegalHold|LockConfiguration))|ListBucketInventoryConfigurations|"
    "GetBucket(Location|PolicyStatus)|GetObjectAttributes|PutObjectRetention|RestoreObject|SelectObjectContent"
)
_ERRORS_OF_THEIR_OWN = {"BucketLocationConstraint", "Event"}
# botocore allows these without their document, or without these parts of it.
_NEVER_WITHOUT = {"PutBucketLifecycleConfiguration", "RestoreObject", "PutObjectLegalHold", "PutObjectRetention"}
_PARTS = {"Grant": {"Grantee", "Permission"}, "ObjectLockLegalHold": {"Status"}}
_NEVER_EMPTY = {"AllowedMethod", "AllowedOrigin", "CloudFunction", "Queue", "Topic"}
_ONE_RULE = {"ServerSideEncryptionConfiguration", "OwnershipControls"}
_NO_PART_OF_A_NAME = {"partNumber", "id"}  # they only add to operations that others mark


@before("s3", "*")
def operation_is_supported(request: AwsRequest) -> None:
    """Other operations get an error, where moto would do something else (263)."""
    if (
        "\ufffd" in request.key
        or "\ufffd" in request.bucket
        or str(request.environ.get("RAW_URI", "")).startswith("//")
    ):
        raise AwsError("InvalidURI", "Couldn't parse the specified URI.")
    if request.operation == "Unknown":
        raise AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", 405)
    words = request.query.keys() & (marks_of("") - _NO_PART_OF_A_NAME)
    if words - marks_of(request.operation):
        told = ", ".join(sorted(words))
        raise AwsError("InvalidArgument", f"Conflicting query string parameters: {told}")
    if not _KNOWN.fullmatch(request.operation):
        raise unknown(request)


@before("s3", "*")
def body_is_of_the_schema(request: AwsRequest) -> None:
    """AWS validates a document first; moto raises a Python error, or accepts it (180, 352)."""
    payload = _payload(request.operation)
    if payload is None or (not request.body.strip() and not payload[2]):
        return
    if not request.body.strip():
        raise AwsError("MissingRequestBodyError", "Request Body is empty")
    name, shape, _ = payload
    if request.document.tag != name:
        raise malformed_xml()
    _check(request.document, shape)


@cache
def _payload(operation: str) -> tuple[str, Any, bool] | None:
    """The name and shape of the document of an operation, and whether it is required; or None."""
    shape = shape_of(operation)
    if shape is None:
        return None
    if "name" in shape.serialization:  # the body is the request itself
        return shape.serialization["name"], shape, True
    member = shape.serialization.get("payload")
    if not member or shape.members[member].type_name != "structure":
        return None
    found = shape.members[member]
    needed = member in shape.required_members or operation in _NEVER_WITHOUT
    return found.serialization.get("name", found.name), found, needed


def _check(element: Element, shape: Any) -> None:
    kinds = {"structure": _check_structure, "integer": _check_number, "long": _check_number, "boolean": _check_flag}
    check = kinds.get(shape.type_name)
    if shape.type_name != "structure" and (len(element) or (element.tag in _NEVER_EMPTY and not element.text)):
        raise malformed_xml()
    if check is not None:
        check(element, shape)
    elif shape.type_name == "string" and shape.enum and shape.name not in _ERRORS_OF_THEIR_OWN:
        _check_word(element, shape)


def _check_word(element: Element, shape: Any) -> None:
    if (element.text or "") not in shape.enum:
        raise malformed_xml()


def _check_structure(element: Element, shape: Any) -> None:
    members = {_name(member, name): (name, member) for name, member in shape.members.items() if _is_element(member)}
    tags = [child.tag for child in element]
    if not members.keys() >= set(tags) or not _PARTS.get(shape.name, set()) <= set(tags):
        raise malformed_xml()
    if (element.text or "").strip() or (shape.name in _ONE_RULE and len(tags) > 1):
        raise malformed_xml()
    for tag, (name, member) in members.items():
        children = element.findall(tag)
        if (not children and name in shape.required_members) or (len(children) > 1 and not _is_flat(member)):
            raise malformed_xml()
        for child in children:
            _check_member(child, member)


def _check_member(child: Element, member: Any) -> None:
    if member.type_name != "list":
        _check(child, member)
    elif _is_flat(member):
        _check(child, member.member)
    else:
        for item in child:
            if item.tag != member.member.serialization.get("name", "member"):
                raise malformed_xml()
            _check(item, member.member)


def _name(member: Any, name: str) -> str:
    """A flattened list has the name of its members."""
    found = member.serialization.get("name", name)
    return str(member.member.serialization.get("name", found) if _is_flat(member) else found)


def _is_flat(member: Any) -> bool:
    return member.type_name == "list" and bool(member.serialization.get("flattened"))


def _is_element(member: Any) -> bool:
    """Whether a member is in the document, and not in a header or an attribute."""
    return "location" not in member.serialization and not member.serialization.get("xmlAttribute")


def _check_number(element: Element, _: Any) -> None:
    if not re.fullmatch(r"-?\d{1,18}", (element.text or "").strip()):
        raise malformed_xml()


def _check_flag(element: Element, _: Any) -> None:
    if (element.text or "").strip().lower() not in ("true", "false"):
        raise malformed_xml()
