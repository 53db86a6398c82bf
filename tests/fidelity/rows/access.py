"""Who may do what: requests that nobody signed, and an owner whom a policy denies something."""

from typing import Any

from fidelity.rows.acls import anonymous, put
from fidelity.rows.buckets import filled, keys
from fidelity.rows.policies import public, ranges
from fidelity.table import Lab, Row


def denied(lab: Lab, ask: Any, *actions: str, **words: Any) -> Any:
    """Ask the owner's client of a bucket whose policy denies something to everybody."""
    bucket = public(lab, *actions, Effect="Deny", **words)
    return ask(lab, bucket)


def delete_two(lab: Lab, bucket: str) -> tuple[list[str], list[str]]:
    """Delete two objects at once: the keys that went, and the errors."""
    lab.s3.put_object(Bucket=bucket, Key="b", Body=b"text")
    told = lab.s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "a"}, {"Key": "b"}]})
    return [d["Key"] for d in told.get("Deleted", [])], [e["Code"] for e in told.get("Errors", [])]


# --- nobody -----------------------------------------------------------------------------------------------------------


def over_http() -> Any:
    """The condition by which plain HTTP is usually denied: the endpoint stands in for AWS's, which has HTTPS."""
    return {"Condition": {"Bool": {"aws:SecureTransport": "false"}}}


def until(day: str) -> Any:
    return {"Condition": {"DateLessThan": {"aws:CurrentTime": f"{day}T00:00:00Z"}}}


def other_owner(lab: Lab) -> str:
    lab.s3.head_bucket(Bucket=lab.bucket(), ExpectedBucketOwner="999999999999")
    return "found"


DENIED, NOBODY = "error AccessDenied", "error 403 AccessDenied"

ROWS = [
    Row(
        0,
        "s3",
        "read by a policy that has ended",
        lambda lab: anonymous(lab, public(lab, **until("2026-01-01"))),
        NOBODY,
        200,
        "M",
    ),
    Row(
        0,
        "s3",
        "read by a policy that ends later",
        lambda lab: anonymous(lab, public(lab, **until("2999-01-01"))),
        200,
        200,
        "M",
    ),
    Row(193, "s3", "read a private object", lambda lab: anonymous(lab, filled(lab, "a")), NOBODY, "error 403", "M"),
    Row(
        193,
        "s3",
        "look at a private object",
        lambda lab: anonymous(lab, filled(lab, "a"), "HEAD"),
        *["error 403"] * 2,
        "M",
    ),
    Row(194, "s3", "list a private bucket", lambda lab: anonymous(lab, filled(lab, "a"), path=""), NOBODY, 200, "M"),
    Row(
        194,
        "s3",
        "store without a signature",
        lambda lab: anonymous(lab, lab.bucket(), "PUT", body=b"x"),
        NOBODY,
        200,
        "M",
    ),
    Row(
        194,
        "s3",
        "make a bucket without a signature",
        lambda lab: anonymous(lab, lab.name(), "PUT", ""),
        NOBODY,
        200,
        "M",
    ),
    Row(194, "s3", "list buckets without a signature", lambda lab: anonymous(lab, "", path=""), NOBODY, 200, "U"),
    Row(
        194,
        "s3",
        "delete without a signature",
        lambda lab: anonymous(lab, filled(lab, "a"), "DELETE"),
        NOBODY,
        "error 403",
        "M",
    ),
    Row(
        0,
        "s3",
        "delete a bucket without a signature",
        lambda lab: anonymous(lab, lab.bucket(), "DELETE", ""),
        NOBODY,
        204,
        "M",
    ),
    Row(
        195,
        "s3",
        "read a missing key of a private bucket",
        lambda lab: anonymous(lab, lab.bucket()),
        NOBODY,
        "error 404 NoSuchKey",
        "M",
    ),
    Row(
        0,
        "s3",
        "read in a bucket that is not there",
        lambda lab: anonymous(lab, lab.name()),
        *["error 404 NoSuchBucket"] * 2,
        "M",
    ),
    Row(196, "s3", "read by a public policy", lambda lab: anonymous(lab, public(lab)), 200, 200, "M"),
    Row(
        196,
        "s3",
        "read a missing key by a public policy",
        lambda lab: anonymous(lab, public(lab), path="/b"),
        NOBODY,
        "error 404 NoSuchKey",
        "M",
    ),
    Row(
        196,
        "s3",
        "read a missing key where one may list",
        lambda lab: anonymous(lab, public(lab, "s3:GetObject", "s3:ListBucket", on="|/*"), path="/b"),
        *["error 404 NoSuchKey"] * 2,
        "M",
    ),
    Row(0, "s3", "list by a policy for reading", lambda lab: anonymous(lab, public(lab), path=""), NOBODY, 200, "M"),
    Row(
        0,
        "s3",
        "list by a policy for that",
        lambda lab: anonymous(lab, public(lab, "s3:ListBucket", on=""), path=""),
        200,
        200,
        "M",
    ),
    Row(
        0,
        "s3",
        "store by a policy for reading",
        lambda lab: anonymous(lab, public(lab), "PUT", "/b", b"x"),
        NOBODY,
        200,
        "M",
    ),
    Row(
        0,
        "s3",
        "store by a policy for that",
        lambda lab: anonymous(lab, public(lab, "s3:PutObject"), "PUT", "/b", b"x"),
        200,
        200,
        "M",
    ),
    Row(
        0,
        "s3",
        "read by a policy for another folder",
        lambda lab: anonymous(lab, public(lab, on="/public/*")),
        NOBODY,
        "error 403",
        "M",
    ),
    Row(
        0,
        "s3",
        "read by a policy for other addresses",
        lambda lab: anonymous(lab, public(lab, **ranges("192.0.2.0/24"))),
        NOBODY,
        200,
        "M",
    ),
    Row(
        0,
        "s3",
        "read by a policy for our addresses",
        lambda lab: anonymous(lab, public(lab, **ranges("127.0.0.0/8"))),
        200,
        200,
        "M",
    ),
    Row(
        202,
        "s3",
        "read by a policy of a restricted bucket",
        lambda lab: anonymous(lab, public(lab, blocked="RestrictPublicBuckets")),
        NOBODY,
        200,
        "UG",
    ),
    Row(
        202,
        "s3",
        "read by an older policy, with new ones blocked",
        lambda lab: anonymous(lab, public(lab, blocked="BlockPublicPolicy")),
        200,
        200,
        "UG",
    ),
    Row(
        0, "s3", "list where all are denied", lambda lab: denied(lab, keys, "s3:ListBucket", on=""), DENIED, ["a"], "M"
    ),
    Row(0, "s3", "store where all are denied", lambda lab: denied(lab, put, "s3:PutObject"), DENIED, "error 403", "M"),
    Row(
        230,
        "s3",
        "store where HTTP is denied",
        lambda lab: denied(lab, put, "s3:*", **over_http()),
        "stored",
        "error 403",
        "M",
    ),
    Row(
        230,
        "s3",
        "store where Bob is denied",
        lambda lab: denied(lab, put, "s3:*", Principal={"AWS": "999999999999"}),
        "stored",
        "error 403",
        "M",
    ),
    Row(
        0,
        "s3",
        "delete two where one is denied",
        lambda lab: denied(lab, delete_two, "s3:DeleteObject", on="/a"),
        *[(["b"], ["AccessDenied"])] * 2,
        "M",
    ),
    Row(215, "s3", "a bucket of another owner than expected", other_owner, "error 403", "found", "M"),
]
