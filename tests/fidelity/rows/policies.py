"""Policies of buckets: which AWS takes, and which are public."""

import json
from typing import Any

from fidelity.rows.acls import unblocked
from fidelity.rows.buckets import filled
from fidelity.table import Lab, Row


def policy(bucket: str, *actions: str, on: str = "/*", **words: Any) -> str:
    """A policy that lets everybody do these things, by default read objects; `on`: "" is the bucket, "|" is between."""
    statement = {"Effect": "Allow", "Principal": "*", "Action": list(actions or ["s3:GetObject"])}
    statement["Resource"] = [f"arn:aws:s3:::{bucket}{end}" for end in on.split("|")]
    return json.dumps({"Version": "2012-10-17", "Statement": [statement | words]})


def put_policy(lab: Lab, bucket: str, text: str) -> str:
    lab.s3.put_bucket_policy(Bucket=bucket, Policy=text)
    return "put"


def put_text(lab: Lab, text: str = "", **words: Any) -> str:
    """Put a policy that is no public one unless `words` make it so."""
    bucket = unblocked(lab, lab.bucket())
    return put_policy(lab, bucket, text or policy(bucket, **words))


def public(lab: Lab, *actions: str, blocked: str = "", **words: Any) -> str:
    """A bucket with the object "a" that everybody may read, or do these things to; then `blocked` is set."""
    bucket = unblocked(lab, filled(lab, "a"))
    put_policy(lab, bucket, policy(bucket, *actions, **words))
    if blocked:
        lab.s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration={blocked: True})
    return bucket


def status(lab: Lab, **words: Any) -> bool:
    bucket = public(lab, **words)
    return bool(lab.s3.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"]["IsPublic"])


def ranges(block: str) -> Any:
    return {"Condition": {"IpAddress": {"aws:SourceIp": block}}}


DENIED, MALFORMED = "error AccessDenied", "error MalformedPolicy"

ROWS = [
    Row(
        202,
        "s3",
        "a public policy for a new bucket",
        lambda lab: put_policy(lab, b := lab.bucket(), policy(b)),
        DENIED,
        "put",
        "UG, Q",
    ),
    Row(202, "s3", "a public policy where nothing is blocked", put_text, "put", "put", "UG"),
    Row(
        202,
        "s3",
        "a policy for one account",
        lambda lab: put_policy(lab, b := lab.bucket(), policy(b, Principal={"AWS": "123456789012"})),
        "put",
        "put",
        "UG",
    ),
    Row(
        202,
        "s3",
        "a policy for some addresses",
        lambda lab: put_policy(lab, b := lab.bucket(), policy(b, **ranges("192.0.2.0/24"))),
        "put",
        "put",
        "UG",
    ),
    Row(
        202,
        "s3",
        "a policy for all addresses",
        lambda lab: put_policy(lab, b := lab.bucket(), policy(b, **ranges("0.0.0.0/0"))),
        DENIED,
        "put",
        "UG",
    ),
    Row(202, "s3", "a public policy's status", status, True, True, "M"),
    Row(
        202,
        "s3",
        "a policy's status that fixes addresses",
        lambda lab: status(lab, **ranges("192.0.2.0/24")),
        False,
        False,
        "M",
    ),
    Row(
        202,
        "s3",
        "a policy's status with a wide condition",
        lambda lab: status(lab, **ranges("0.0.0.0/0")),
        True,
        False,
        "UG",
    ),
    Row(203, "s3", "a policy that is no JSON", lambda lab: put_text(lab, "not json"), MALFORMED, "put", "U"),
    Row(203, "s3", "a policy for another bucket", lambda lab: put_text(lab, policy("another")), MALFORMED, "put", "U"),
    Row(203, "s3", "a policy for Bob", lambda lab: put_text(lab, Principal="bob"), MALFORMED, "put", "U"),
    Row(203, "s3", "a policy for reading a bucket", lambda lab: put_text(lab, on=""), MALFORMED, "put", "U"),
    Row(
        203,
        "s3",
        "a policy for an action of EC2",
        lambda lab: put_text(lab, Action="ec2:RunInstances"),
        MALFORMED,
        "put",
        "U",
    ),
    Row(
        203,
        "s3",
        "a policy without a statement",
        lambda lab: put_text(lab, '{"Version": "2012-10-17"}'),
        MALFORMED,
        "put",
        "U",
    ),
    Row(
        203,
        "s3",
        "a policy of another version",
        lambda lab: put_text(lab, '{"Version": "2026-01-01"}'),
        MALFORMED,
        "put",
        "U",
    ),
    Row(203, "s3", "a policy that may", lambda lab: put_text(lab, Effect="Maybe"), MALFORMED, "put", "U"),
]
