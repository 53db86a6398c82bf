"""ACLs and Block Public Access: a new bucket allows neither ACLs nor public access."""

import re
from typing import Any

from moto.s3.models import OWNER

from drycloud.cloud.patches.buckets import default_encryption
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.lookup import bucket_of
from drycloud.cloud.rules.registry import Answer, after, before, document
from drycloud.cloud.state.policy import Malformed, check, is_public
from drycloud.cloud.state.public import ENFORCED, blocks, granted_to_groups, policy_of

_PUBLIC = ("public-read", "public-read-write", "authenticated-read")
_CANNED = ("private", "bucket-owner-full-control", "bucket-owner-read", "aws-exec-read", "log-delivery-write", *_PUBLIC)
_GROUP = re.compile("acs.amazonaws.com/groups/global/(AllUsers|AuthenticatedUsers)")
_GROUPS = (*(f"global/{name}" for name in ("AllUsers", "AuthenticatedUsers")), "s3/LogDelivery")
_GRANTEE = re.compile(r"\s*(id|uri|emailaddress)=\"?([^\",=]*)\"?\s*", re.IGNORECASE)
_LARGEST_POLICY = 20 * 1024  # bytes


_GRANT = ("CreateBucket", "PutObject", "PutObjectAcl", "PutBucketAcl", "CopyObject", "CreateMultipartUpload")
_GRANT_IN_BODY = ("PutObjectAcl", "PutBucketAcl", "PutBucketLogging")


@before("s3", *_GRANT, "PutBucketLogging")
def grantee_exists(request: AwsRequest) -> None:
    """moto accepts any grantee, and loses it; without one it fails when the object is stored (348)."""
    found: list[tuple[str, str]] = []
    for name, value in request.environ.items():
        if name.startswith("HTTP_X_AMZ_GRANT_"):
            pairs = [_GRANTEE.fullmatch(part) for part in str(value).split(",")]
            found += [(pair[1].lower(), pair[2]) if pair else ("", "") for pair in pairs]
    if request.operation in _GRANT_IN_BODY and request.body.strip():
        for grantee in request.document.iter("Grantee"):
            names = [(tag.lower(), grantee.findtext(tag)) for tag in ("ID", "URI", "EmailAddress")]
            found += [(kind, text.strip()) for kind, text in names if text is not None] or [("", "")]
    for kind, text in found:
        _require_grantee(kind, text)


def _require_grantee(kind: str, text: str) -> None:
    if not kind:
        raise AwsError("InvalidArgument", "Argument format not recognized")
    if kind == "emailaddress":
        words = "The e-mail address you provided does not match any account on record."
        raise AwsError("UnresolvableGrantByEmailAddress", words)
    if kind == "id" and text != OWNER:
        raise AwsError("InvalidArgument", "Invalid id", elements={"ArgumentName": "CanonicalUser/ID"})
    if kind == "uri" and text not in [f"http://acs.amazonaws.com/groups/{group}" for group in _GROUPS]:
        raise AwsError("InvalidArgument", "Invalid group uri", elements={"ArgumentName": "Group/URI"})


@before("s3", *_GRANT)
def acls_are_off(request: AwsRequest) -> None:
    """A bucket accepts an ACL only if its ownership setting allows it (199, 200); moto accepts any known one (201)."""
    canned, granting = request.header("x-amz-acl"), _grants(request)
    if canned is None and not granting:
        if request.operation in ("PutObjectAcl", "PutBucketAcl"):
            raise AwsError("MissingSecurityHeader", "Your request was missing a required header: it has no ACL.")
        return
    if canned is not None and canned not in _CANNED:
        raise AwsError(
            "InvalidArgument", "There is no canned ACL of this name.", elements={"ArgumentName": "x-amz-acl"}
        )
    if request.operation == "CreateBucket":
        _refuse_at_the_start(request, canned, granting)
        return
    bucket = request.s3.buckets.get(request.bucket)
    if bucket is None or canned == "bucket-owner-full-control":
        return
    if bucket.ownership_rule == ENFORCED:
        raise AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs")
    if blocks(bucket, "block_public_acls") and _is_public(canned, granting):
        raise AwsError("AccessDenied", "Public ACLs are blocked by the BlockPublicAcls setting of the bucket.", 403)


def _refuse_at_the_start(request: AwsRequest, canned: str | None, granting: str) -> None:
    """A new bucket blocks public access, regardless of its ownership setting."""
    if (request.header("x-amz-object-ownership") or ENFORCED) == ENFORCED and (granting or canned != "private"):
        words = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
        raise AwsError("InvalidBucketAclWithObjectOwnership", words)
    if _is_public(canned, granting):
        words = "Bucket cannot have public ACLs set with BlockPublicAccess enabled"
        raise AwsError("InvalidBucketAclWithBlockPublicAccessError", words)


def _grants(request: AwsRequest) -> str:
    """All grants in the request's headers or body, as one text."""
    headers = [str(value) for name, value in request.environ.items() if name.startswith("HTTP_X_AMZ_GRANT_")]
    body = request.body.decode("utf-8", "replace") if request.operation in ("PutObjectAcl", "PutBucketAcl") else ""
    return " ".join([*headers, body]).strip()


def _is_public(canned: str | None, granting: str) -> bool:
    return canned in _PUBLIC or bool(_GROUP.search(granting))


@before("s3", "PutBucketOwnershipControls")
def acls_go_before_they_are_off(request: AwsRequest) -> None:
    """ACLs cannot be disabled while one of them grants something to others (232)."""
    bucket = request.s3.buckets.get(request.bucket)
    if bucket is not None and ENFORCED.encode() in request.body and granted_to_groups(bucket.acl):
        words = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
        raise AwsError("InvalidBucketAclWithObjectOwnership", words)


@before("s3", "PutBucketPolicy")
def policy_is_valid_and_not_public(request: AwsRequest) -> None:
    """moto accepts any text (203), and does not enforce Block Public Access (202)."""
    bucket = request.s3.buckets.get(request.bucket)
    if bucket is None:
        return
    text = request.body.decode("utf-8", "replace")
    try:
        if len(request.body) > _LARGEST_POLICY:
            raise Malformed("Normalized policy document exceeds the maximum allowed size")
        check(text, bucket.name)
    except Malformed as error:
        raise AwsError("MalformedPolicy", str(error)) from None
    if blocks(bucket, "block_public_policy") and is_public(text):
        words = "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access."
        raise AwsError("AccessDenied", f"This policy cannot be put {words}", 403)


@after("s3", "PutBucketPolicy")
def put_policy_returns_no_body(request: AwsRequest, answer: Answer) -> Answer:
    """The answer has no body; moto's is Python's True (233)."""
    del request
    return "204 No Content", [h for h in answer[1] if h[0].lower() not in ("content-length", "content-type")], b""


@before("s3", "GetBucketPolicyStatus")
def policy_status_is_computed(request: AwsRequest) -> Answer:
    """moto takes any condition for one that restricts access (234)."""
    text = policy_of(bucket_of(request))
    if text is None:
        raise AwsError("NoSuchBucketPolicy", "The bucket policy does not exist", 404)
    told = f"<IsPublic>{str(is_public(text)).lower()}</IsPublic>"
    return document("PolicyStatus", told)


@after("s3", "DeleteBucketEncryption")
def buckets_always_encrypt(request: AwsRequest, answer: Answer) -> None:
    """Without its own setting a bucket has AWS's default, since 2023; moto's has none (204)."""
    del answer
    bucket: Any = request.s3.buckets[request.bucket]
    bucket.encryption = default_encryption()
