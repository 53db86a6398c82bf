"""What the public may do with a bucket and its objects: by policy and ACLs, minus what is blocked."""

from collections.abc import Mapping
from typing import Any

from drycloud.cloud.state.policy import ANYBODY, Verdict, is_public, judge

ENFORCED = "BucketOwnerEnforced"  # ACLs are off
_GROUPS = (
    "http://acs.amazonaws.com/groups/global/AllUsers",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
)
_ANY_CALLER: Mapping[str, str] = {"aws:securetransport": "true"}


def blocks(bucket: Any, flag: str) -> bool:
    """Whether this setting of Block Public Access is on ("restrict_public_buckets")."""
    settings = bucket.public_access_block
    return settings is not None and str(getattr(settings, flag)).lower() == "true"


def policy_of(bucket: Any) -> str | None:
    """The bucket's policy as text, or None."""
    found = bucket.policy
    return found.decode("utf-8", "replace") if isinstance(found, bytes) else found


def granted_to_groups(acl: Any) -> set[str]:
    """The permissions that an ACL gives to everybody, or to everybody who has an AWS account."""
    return {p for grant in (acl.grants if acl else ()) for p in grant.permissions if _names_a_group(grant)}


def is_open(bucket: Any) -> bool:
    """Whether the bucket is public, by its policy or by its ACL."""
    by_policy = is_public(policy_of(bucket)) and not blocks(bucket, "restrict_public_buckets")
    return by_policy or bool(_counts(bucket) and granted_to_groups(bucket.acl))


def said_to_anybody(bucket: Any, action: str, resource: str, facts: Mapping[str, str] = _ANY_CALLER) -> Verdict:
    """The verdict of the bucket's policy on an unsigned request; RestrictPublicBuckets is respected."""
    text = policy_of(bucket)
    if text is None:
        return "neither"
    said = judge(text, ANYBODY, action, resource, facts)
    restricted = said == "allow" and blocks(bucket, "restrict_public_buckets") and is_public(text)
    return "neither" if restricted else said


def acl_lets_anybody(bucket: Any, acl: Any, permission: str) -> bool:
    """Whether an ACL gives a permission ("READ") to everybody, and is not ignored."""
    if not acl or not _counts(bucket):
        return False
    given = [grant.permissions for grant in acl.grants if any(g.uri == _GROUPS[0] for g in grant.grantees)]
    return any(permission in permissions or "FULL_CONTROL" in permissions for permissions in given)


def may_be_read_by_all(bucket: Any, key: Any) -> bool:
    """Whether anybody may read the object."""
    said = said_to_anybody(bucket, "s3:GetObject", f"arn:aws:s3:::{bucket.name}/{key.name}")
    return said == "allow" or (said == "neither" and acl_lets_anybody(bucket, key.acl, "READ"))


def _counts(bucket: Any) -> bool:
    """Whether public ACLs have an effect in the bucket."""
    return bucket.ownership_rule != ENFORCED and not blocks(bucket, "ignore_public_acls")


def _names_a_group(grant: Any) -> bool:
    return any(grantee.uri in _GROUPS for grantee in grant.grantees)
