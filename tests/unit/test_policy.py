"""Bucket policies: what they grant and deny to whom, and which of them are public."""

import json
from typing import Any

import pytest

from drycloud.cloud.state.policy import ANYBODY, OWNER, Malformed, check, is_public, judge

OBJECTS, KEY = "arn:aws:s3:::data/*", "arn:aws:s3:::data/a/b.csv"
FACTS = {"aws:sourceip": "192.0.2.7", "aws:securetransport": "true", "s3:max-keys": "10", "s3:prefix": "a/"}


def policy(*statements: dict[str, Any], **words: Any) -> str:
    """A policy of statements, by default one that lets everybody read."""
    usual = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": OBJECTS}
    return json.dumps({"Version": "2012-10-17", "Statement": [usual | words, *({**usual, **s} for s in statements)]})


def under(operator: str, key: str, *values: str) -> str:
    return policy(Condition={operator: {key: list(values)}})


GRANTS = [
    (policy(), "allow"),
    (policy(Action="s3:*"), "allow"),
    (policy(Action="S3:getobject"), "allow"),
    (policy(Action=["s3:PutObject", "s3:Get*"]), "allow"),
    (policy(Action="s3:GetObjec?"), "allow"),
    (policy(Action="s3:PutObject"), "neither"),
    (policy(Resource="arn:aws:s3:::data/a/*.csv"), "allow"),
    (policy(Resource="arn:aws:s3:::data/A/*"), "neither"),
    (policy(Resource="arn:aws:s3:::data/[a]/*"), "neither"),
    (policy(Resource="arn:aws:s3:::other/*"), "neither"),
    (policy(Principal={"AWS": "*"}), "allow"),
    (policy(Principal={"AWS": ["123456789012", "*"]}), "allow"),
    (policy(Principal={"AWS": "123456789012"}), "neither"),
    (policy({"Effect": "Deny"}), "deny"),
    (policy({"Effect": "Deny", "Action": "s3:PutObject"}), "allow"),
    (policy({"Effect": "Deny", "Principal": {"AWS": OWNER}}), "allow"),
    (under("IpAddress", "aws:SourceIp", "192.0.2.0/24"), "allow"),
    (under("IpAddress", "aws:SourceIp", "198.51.100.0/24", "192.0.2.7"), "allow"),
    (under("IpAddress", "aws:SourceIp", "198.51.100.0/24"), "neither"),
    (under("IpAddress", "aws:SourceIp", "2001:db8::/32"), "neither"),
    (under("NotIpAddress", "aws:SourceIp", "192.0.2.0/24"), "neither"),
    (under("NotIpAddress", "aws:SourceIp", "198.51.100.0/24"), "allow"),
    (under("Bool", "aws:SecureTransport", "true"), "allow"),
    (under("Bool", "aws:SecureTransport", "false"), "neither"),
    (under("StringLike", "s3:prefix", "b*", "a*"), "allow"),
    (under("StringEquals", "s3:prefix", "A/"), "neither"),
    (under("StringEqualsIgnoreCase", "s3:prefix", "A/"), "allow"),
    (under("StringNotEquals", "s3:prefix", "a/"), "neither"),
    (under("NumericLessThanEquals", "s3:max-keys", "10"), "allow"),
    (under("NumericLessThan", "s3:max-keys", "10"), "neither"),
    (under("NumericLessThan", "s3:prefix", "10"), "neither"),
    (under("StringEquals", "aws:Referer", "x"), "neither"),
    (under("StringNotEquals", "aws:Referer", "x"), "allow"),
    (under("StringEqualsIfExists", "aws:Referer", "x"), "allow"),
    (under("Null", "aws:Referer", "true"), "allow"),
    (under("Null", "s3:prefix", "true"), "neither"),
    ("no policy", "neither"),
]


@pytest.mark.parametrize(("text", "verdict"), GRANTS)
def test_what_is_granted_to_anybody(text: str, verdict: str) -> None:
    """Principal, action, resource and conditions have all to fit, and a denial counts more than a grant."""
    assert judge(text, ANYBODY, "s3:GetObject", KEY, FACTS) == verdict


def test_times_are_compared() -> None:
    """A grant that ends."""
    text = under("DateLessThan", "aws:CurrentTime", "2026-06-01T00:00:00Z")
    verdicts = [
        judge(text, ANYBODY, "s3:GetObject", KEY, {"aws:currenttime": f"2026-0{n}-01T00:00:00Z"}) for n in (5, 7)
    ]
    assert verdicts == ["allow", "neither"]


def test_negations_mean_all_others() -> None:
    """NotPrincipal, NotAction and NotResource."""
    all_but = {
        "Effect": "Deny",
        "Principal": "*",
        "NotAction": "s3:GetObject",
        "NotResource": "arn:aws:s3:::data/open/*",
    }
    text = json.dumps({"Statement": all_but})
    assert judge(text, OWNER, "s3:PutObject", KEY, {}) == "deny"
    assert judge(text, OWNER, "s3:GetObject", KEY, {}) == "neither"
    assert judge(text, OWNER, "s3:PutObject", "arn:aws:s3:::data/open/a", {}) == "neither"
    spared = {"Effect": "Deny", "NotPrincipal": {"AWS": OWNER}, "Action": "s3:*", "Resource": OBJECTS}
    text = json.dumps({"Statement": [spared]})
    assert [judge(text, who, "s3:GetObject", KEY, {}) for who in (OWNER, ANYBODY)] == ["neither", "deny"]


PUBLIC = [
    (policy(), True),
    (policy(Principal={"AWS": ["123456789012", "*"]}), True),
    (policy(Principal={"AWS": "123456789012"}), False),
    (policy(Effect="Deny"), False),
    (under("IpAddress", "aws:SourceIp", "192.0.2.0/24"), False),
    (under("IpAddress", "aws:SourceIp", "192.0.2.0/24", "0.0.0.0/0"), True),
    (under("IpAddress", "aws:SourceIp", "128.0.0.0/1"), True),
    (under("NotIpAddress", "aws:SourceIp", "192.0.2.0/24"), True),
    (under("StringEquals", "aws:PrincipalOrgID", "o-1234567890"), False),
    (under("StringLike", "aws:PrincipalArn", "arn:aws:iam::*"), True),
    (under("StringEqualsIfExists", "aws:SourceVpc", "vpc-1"), True),
    (under("Bool", "aws:SecureTransport", "true"), True),
    (under("StringLike", "aws:Referer", "https://example.com/*"), True),
]


@pytest.mark.parametrize(("text", "public"), PUBLIC)
def test_which_policies_are_public(text: str, public: bool) -> None:
    """Those that let everybody do something, unless a condition fixes whom."""
    assert is_public(text) == public


BAD = [
    "[]",
    "[" * 10_000,
    '{"Statement": []}',
    '{"Statement": "text"}',
    policy(Effect="allow"),
    policy(Principal=None),
    policy(Principal="123456789012"),
    policy(Principal={"AWS": "bob"}),
    policy(Principal={"Who": "*"}),
    policy(Action=None),
    policy(Action="GetObject"),
    policy(Resource=None),
    policy(Resource="data/*"),
    policy(Resource="arn:aws:s3:::other/*"),
    policy(Resource="arn:aws:s3:::data"),
    policy(Action="s3:ListBucket"),
    policy(Actions="s3:GetObject"),
    policy(Condition="x"),
    policy(Condition={"Equals": {"a": "b"}}),
    policy(Condition={"StringEquals": {"aws:Referer": [[[[[[["b"]]]]]]]}}),
]


@pytest.mark.parametrize("text", BAD, ids=[text[-60:] for text in BAD])
def test_bad_policies_are_told(text: str) -> None:
    """What AWS would not take."""
    with pytest.raises(Malformed):
        check(text, "data")


@pytest.mark.parametrize("text", [text for text, _ in GRANTS if text.startswith("{") and "other" not in text])
def test_good_policies_are_taken(text: str) -> None:
    """Each of those above, as long as it is for this bucket."""
    check(text, "data")
