"""The language of bucket policies: whether a policy is valid, whether it is public, and what it grants to whom."""

import fnmatch
import ipaddress
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal

from drycloud.cloud.moto.engine import ACCOUNT

Verdict = Literal["allow", "deny", "neither"]
Statement = dict[str, Any]

ANYBODY = ""  # the sender of an unsigned request
OWNER = f"arn:aws:iam::{ACCOUNT}:user/student"  # the signer of requests, as sts reports it

_OWNERS_NAMES = ("*", ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root", OWNER)
# Condition keys that restrict a statement for everybody, so that it is not public.
_FIXED_BY = re.compile(
    "aws:(source(ip|arn|vpc|vpce|owner|account|orgid)|userid|principal(orgid|orgpaths|account|arn))|"
    "s3:(dataaccesspoint(arn|account)|x-amz-server-side-encryption-aws-kms-key-id)"
)


class Malformed(Exception):
    """A policy that AWS does not accept; the message says why."""


@lru_cache(maxsize=64)
def statements(text: str) -> tuple[Statement, ...]:
    """The statements of an accepted policy; none for an invalid text."""
    try:
        return tuple(_read(text))
    except Malformed:
        return ()


def check(text: str, bucket: str) -> None:
    """Raise Malformed for a policy that AWS does not accept for this bucket."""
    for statement in _read(text):
        if statement.get("Effect") not in ("Allow", "Deny"):
            raise Malformed("Invalid effect in policy: it is Allow or Deny")
        if unknown := set(statement) - _FIELDS:
            raise Malformed(f"Unknown field {min(unknown)}")
        _check_principal(statement)
        _check_actions(statement)
        _check_resources(statement, bucket)
        _check_conditions(statement)


def is_public(text: str | None) -> bool:
    """Whether AWS calls the policy public: it allows everybody something, without a condition that restricts whom."""
    return any(
        s.get("Effect") == "Allow" and ("NotPrincipal" in s or "*" in _principals(s)) and not _is_fixed(s)
        for s in statements(text or "")
    )


def judge(text: str | None, sender: str, action: str, resource: str, facts: Mapping[str, str]) -> Verdict:
    """The verdict of a policy on an action ("s3:GetObject") of a sender on an ARN; Deny overrides Allow.

    `facts` are the condition keys, such as aws:sourceip, in lower case.
    """
    verdict: Verdict = "neither"
    for s in statements(text or ""):
        if _is_meant(s, sender) and _does(s, action) and _is_on(s, resource) and _holds(s, facts):
            if s.get("Effect") == "Deny":
                return "deny"
            verdict = "allow"
    return verdict


# --- its form ---------------------------------------------------------------------------------------------------------

# The actions on an object; the others are actions on a bucket.
_ON_OBJECTS = re.compile(
    "s3:((?!.*bucket).*object.*|abortmultipartupload|listmultipartuploadparts|bypass.*|replicate.*)", re.DOTALL
)
_OPERATORS = re.compile(
    "(forallvalues:|foranyvalue:)?(string(not)?(equals(ignorecase)?|like)|(numeric|date)((not)?equals|(less|greater)than"
    "(equals)?)|bool|binaryequals|(not)?ipaddress|arn(not)?(equals|like)|null)(ifexists)?"
)
_DEEPEST = 10  # levels of a policy: document, statements, conditions and their values are six
_FIELDS = {"Sid", "Effect", "Condition"} | {n + f for n in ("", "Not") for f in ("Principal", "Action", "Resource")}


def _read(text: str) -> list[Statement]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not _is_within(found, _DEEPEST):
        raise Malformed("Policies must be valid JSON and the first byte must be '{'")
    if found.get("Version", "2008-10-17") not in ("2012-10-17", "2008-10-17"):
        raise Malformed("The policy must contain a valid version string")
    listed = _listed(found.get("Statement"))
    if not listed or not all(isinstance(s, dict) for s in listed):
        raise Malformed("Missing required field Statement")
    return listed


def _is_within(value: Any, levels: int) -> bool:
    """Whether lists and objects are nested no deeper: Python's own limit depends on the caller."""
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels >= 0 and all(_is_within(item, levels - 1) for item in items)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(value: Any) -> list[str]:
    return [item if isinstance(item, str) else "" for item in _listed(value)]


def _check_principal(s: Statement) -> None:
    value = s.get("Principal", s.get("NotPrincipal"))
    if value is None:
        raise Malformed("Missing required field Principal")
    kinds = value if isinstance(value, dict) else {"AWS": value} if value == "*" else {}
    if not kinds or set(kinds) - {"AWS", "Service", "Federated", "CanonicalUser"}:
        raise Malformed("Invalid principal in policy")
    for name in _texts(kinds.get("AWS")):
        if not re.fullmatch(
            r"\*|\d{12}|arn:aws:(iam|sts)::\d{12}:(root|(user|role|assumed-role|federated-user)/.+)", name
        ):
            raise Malformed("Invalid principal in policy")


def _check_actions(s: Statement) -> None:
    actions = _texts(s.get("Action", s.get("NotAction")))
    if not actions:
        raise Malformed("Missing required field Action")
    if not all(re.fullmatch(r"(?i)\*|s3:[a-z*?]+", action) for action in actions):
        raise Malformed("Policy has invalid action")


def _check_resources(s: Statement, bucket: str) -> None:
    resources = _texts(s.get("Resource", s.get("NotResource")))
    if not resources:
        raise Malformed("Missing required field Resource")
    for resource in resources:
        place = resource.removeprefix("arn:aws:s3:::").partition("/")[0]
        if not resource.startswith("arn:aws:s3:::") or not _matches(bucket, place):
            raise Malformed("Policy has invalid resource")
    on_objects, on_bucket = any(set(r) & {"/", "*"} for r in resources), any("/" not in r for r in resources)
    for action in _texts(s.get("Action")):
        if not set(action) & {"*", "?"} and not (on_objects if _ON_OBJECTS.fullmatch(action.lower()) else on_bucket):
            raise Malformed("Action does not apply to any resource(s) in statement")


def _check_conditions(s: Statement) -> None:
    table = s.get("Condition", {})
    if not isinstance(table, dict) or not all(isinstance(test, dict) for test in table.values()):
        raise Malformed("Invalid condition in policy")
    for op in table:
        if not _OPERATORS.fullmatch(op.lower()):
            raise Malformed(f"Invalid Condition type : {op}")


# --- what it means ----------------------------------------------------------------------------------------------------


def _principals(s: Statement, field: str = "Principal") -> list[str]:
    value = s.get(field)
    return _texts(value.get("AWS")) if isinstance(value, dict) else _texts(value)


def _is_meant(s: Statement, sender: str) -> bool:
    names = ("*",) if sender == ANYBODY else _OWNERS_NAMES
    if "NotPrincipal" in s:
        return not any(name in names for name in _principals(s, "NotPrincipal"))
    return any(name in names for name in _principals(s))


def _matches(text: str, pattern: str) -> bool:
    """Match a pattern of AWS: * and ? are its only wildcards."""
    return fnmatch.fnmatchcase(text, pattern.replace("[", "[[]"))


def _does(s: Statement, action: str) -> bool:
    named = any(_matches(action.lower(), pattern.lower()) for pattern in _texts(s.get("Action", s.get("NotAction"))))
    return named != ("NotAction" in s)


def _is_on(s: Statement, resource: str) -> bool:
    named = any(_matches(resource, pattern) for pattern in _texts(s.get("Resource", s.get("NotResource"))))
    return named != ("NotResource" in s)


def _conditions(s: Statement) -> list[tuple[str, str, list[str]]]:
    """As (operator, key, values), operator and key in lower case."""
    table = s.get("Condition")
    tests = [(op, test) for op, test in table.items() if isinstance(test, dict)] if isinstance(table, dict) else []
    return [
        (
            op.lower(),
            key.lower(),
            [str(value).lower() if isinstance(value, bool) else str(value) for value in _listed(values)],
        )
        for op, test in tests
        for key, values in test.items()
    ]


def _is_fixed(s: Statement) -> bool:
    """Whether a condition restricts whom the statement is for, by fixed values."""
    return any(
        _FIXED_BY.fullmatch(key) is not None
        and values
        and "not" not in op
        and not op.endswith("ifexists")
        and all(_is_narrow(value) if key == "aws:sourceip" else "*" not in value for value in values)
        for op, key, values in _conditions(s)
    )


def _is_narrow(block: str) -> bool:
    network = _network(block)
    return network is not None and network.prefixlen >= (8 if network.version == 4 else 32)


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _holds(s: Statement, facts: Mapping[str, str]) -> bool:
    return all(_test(op, facts.get(key), values) for op, key, values in _conditions(s))


def _test(op: str, fact: str | None, values: list[str]) -> bool:
    """One condition; for an unknown condition key, only a negation is true."""
    op = op.removeprefix("forallvalues:").removeprefix("foranyvalue:")
    if op == "null":
        return (fact is None) == ("true" in values)
    if_exists = op.endswith("ifexists")
    op = op.removesuffix("ifexists")
    negated = "not" in op
    op = op.replace("not", "")
    if fact is None:
        return if_exists or negated
    return any(_compare(op, fact, value) for value in values) != negated


def _compare(op: str, fact: str, value: str) -> bool:
    if op in ("stringlike", "arnlike", "arnequals"):
        return _matches(fact, value)
    if op in ("stringequalsignorecase", "bool"):
        return fact.lower() == value.lower()
    if op == "ipaddress":
        network, sender = _network(value), _network(fact)
        return network is not None and sender is not None and sender.network_address in network
    if op.startswith(("numeric", "date")):
        return _compare_order(op, fact, value)
    return fact == value


def _compare_order(op: str, fact: str, value: str) -> bool:
    kind = "numeric" if op.startswith("numeric") else "date"
    try:
        one, other = (float(fact), float(value)) if kind == "numeric" else (_seconds(fact), _seconds(value))
    except ValueError:
        return False
    tests = {"equals": one == other, "lessthan": one < other, "lessthanequals": one <= other}
    tests |= {"greaterthan": one > other, "greaterthanequals": one >= other}
    return tests.get(op.removeprefix(kind), False)


def _seconds(text: str) -> float:
    date = datetime.fromisoformat(text)
    return date.replace(tzinfo=date.tzinfo or UTC).timestamp()
