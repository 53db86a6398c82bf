"""Permissions: the account's owner may do anything that no policy denies; others may do what is public."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

from drycloud.cloud.moto import engine
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.registry import before
from drycloud.cloud.state.policy import OWNER, judge
from drycloud.cloud.state.public import acl_lets_anybody, policy_of, said_to_anybody

# Operations whose permission has another name.
_ACTIONS = {
    "CompleteMultipartUpload": "PutObject",
    "CopyObject": "PutObject",
    "CreateMultipartUpload": "PutObject",
    "DeleteBucketCors": "PutBucketCORS",
    "DeleteBucketEncryption": "PutEncryptionConfiguration",
    "DeleteBucketLifecycle": "PutLifecycleConfiguration",
    "DeleteBucketOwnershipControls": "PutBucketOwnershipControls",
    "DeleteBucketReplication": "PutReplicationConfiguration",
    "DeleteBucketTagging": "PutBucketTagging",
    "DeletePublicAccessBlock": "PutBucketPublicAccessBlock",
    "GetBucketAccelerateConfiguration": "GetAccelerateConfiguration",
    "GetBucketCors": "GetBucketCORS",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketLifecycle": "GetLifecycleConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "GetBucketNotificationConfiguration": "GetBucketNotification",
    "GetBucketReplication": "GetReplicationConfiguration",
    "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "HeadBucket": "ListBucket",
    "HeadObject": "GetObject",
    "ListMultipartUploads": "ListBucketMultipartUploads",
    "ListObjectVersions": "ListBucketVersions",
    "ListObjects": "ListBucket",
    "ListObjectsV2": "ListBucket",
    "ListParts": "ListMultipartUploadParts",
    "PostObject": "PutObject",
    "PutBucketAccelerateConfiguration": "PutAccelerateConfiguration",
    "PutBucketCors": "PutBucketCORS",
    "PutBucketEncryption": "PutEncryptionConfiguration",
    "PutBucketLifecycle": "PutLifecycleConfiguration",
    "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
    "PutBucketNotificationConfiguration": "PutBucketNotification",
    "PutBucketReplication": "PutReplicationConfiguration",
    "PutObjectLockConfiguration": "PutBucketObjectLockConfiguration",
    "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
    "UploadPart": "PutObject",
    "UploadPartCopy": "PutObject",
}
# The actions that an ACL of the bucket, or of the object, can allow to everybody.
_BY_BUCKET_ACL = {"s3:ListBucket": "READ", "s3:ListBucketVersions": "READ", "s3:PutObject": "WRITE"}
_BY_OBJECT_ACL = {"s3:GetObject": "READ", "s3:GetObjectVersion": "READ", "s3:GetObjectAcl": "READ_ACP"}


@before("s3", "*")
def owner_of_the_bucket_is_expected(request: AwsRequest) -> None:
    """moto ignores the header (215)."""
    for name in ("x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner"):
        if request.header(name) not in (None, engine.ACCOUNT):
            raise _denied()


@before("s3", "*")
def sender_has_permission(request: AwsRequest) -> None:
    """moto lets anybody list, write and make buckets (194), and reads only statements that deny everybody."""
    bucket = request.s3.buckets.get(request.bucket)
    if request.anonymous and not request.bucket:
        raise _denied()
    if bucket is None or request.trusted or (bucket.policy is None and not request.anonymous):
        if request.anonymous and request.operation == "CreateBucket":
            raise _denied()
        return
    if request.operation != "DeleteObjects":  # it asks for each key
        require(request, bucket, action_of(request), request.key)


@before("s3", "CopyObject", "UploadPartCopy")
def sender_may_read_the_source(request: AwsRequest) -> None:
    """A copy is a read and a write (231); moto checks only the write."""
    name, key, version = copy_source(request)
    bucket = request.s3.buckets.get(name)
    if bucket is not None and not request.trusted:
        require(request, bucket, "s3:GetObjectVersion" if version else "s3:GetObject", key)


def require(request: AwsRequest, bucket: Any, action: str, key: str) -> None:
    """Raise AccessDenied unless the sender may do this to the bucket or to the key in it."""
    if not is_allowed(request, bucket, action, key):
        raise _denied()


def is_allowed(request: AwsRequest, bucket: Any, action: str, key: str) -> bool:
    """Whether the sender may do this to the bucket or to the key in it."""
    arn = f"arn:aws:s3:::{bucket.name}/{key}" if key else f"arn:aws:s3:::{bucket.name}"
    if not request.anonymous:
        text = policy_of(bucket)
        return text is None or judge(text, OWNER, action, arn, _facts(request)) != "deny"
    said = said_to_anybody(bucket, action, arn, _facts(request))
    found = _object(bucket, key, request.query.get("versionId"))
    if said == "allow" and action.startswith("s3:GetObject") and found is None:
        # A sender who may not list does not learn whether the key exists (195).
        return is_allowed(request, bucket, "s3:ListBucket", "")
    return said == "allow" or (said == "neither" and _allowed_by_acl(bucket, action, found))


def action_of(request: AwsRequest) -> str:
    """The permission that the operation needs."""
    action = _ACTIONS.get(request.operation, request.operation)
    if request.key and "versionId" in request.query and action.partition("Object")[2] in ("", "Acl", "Tagging"):
        action = action.replace("Object", "ObjectVersion", 1)
    return f"s3:{action}"


def copy_source(request: AwsRequest) -> tuple[str, str, str | None]:
    """Bucket, key and version of a copy's source."""
    path, _, query = (request.header("x-amz-copy-source") or "").partition("?")
    bucket, slash, key = unquote(path).removeprefix("/").partition("/")
    if not (bucket and slash and key):
        words = "Copy Source must mention the source bucket and key: sourcebucket/sourcekey"
        raise AwsError("InvalidArgument", words)
    return bucket, key, dict(parse_qsl(query)).get("versionId")


def _facts(request: AwsRequest) -> Mapping[str, str]:
    """The condition keys of a request. The endpoint represents AWS's, which uses HTTPS."""
    facts = {"aws:securetransport": "true", "aws:sourceip": str(request.environ.get("REMOTE_ADDR", "127.0.0.1"))}
    facts["aws:currenttime"] = datetime.now(UTC).isoformat(timespec="seconds")
    if not request.anonymous:
        facts |= {"aws:principalaccount": engine.ACCOUNT, "aws:principalarn": OWNER, "aws:username": "student"}
    named = {"aws:referer": "referer", "aws:useragent": "user-agent", "s3:x-amz-acl": "x-amz-acl"}
    named["s3:x-amz-server-side-encryption"] = "x-amz-server-side-encryption"
    facts |= {fact: value for fact, name in named.items() if (value := request.header(name)) is not None}
    words = {"s3:prefix": "prefix", "s3:delimiter": "delimiter", "s3:max-keys": "max-keys", "s3:versionid": "versionId"}
    return facts | {fact: request.query[word] for fact, word in words.items() if word in request.query}


def _object(bucket: Any, key: str, version: str | None) -> Any:
    kept = bucket.keys.getlist(key, []) if key else []
    fitting = [v for v in kept if version in (None, v.version_id)]
    return fitting[-1] if fitting and hasattr(fitting[-1], "value") else None


def _allowed_by_acl(bucket: Any, action: str, found: Any) -> bool:
    if action in _BY_BUCKET_ACL:
        return acl_lets_anybody(bucket, bucket.acl, _BY_BUCKET_ACL[action])
    return (
        found is not None and action in _BY_OBJECT_ACL and acl_lets_anybody(bucket, found.acl, _BY_OBJECT_ACL[action])
    )


def _denied() -> AwsError:
    return AwsError("AccessDenied", "Access Denied", 403)
