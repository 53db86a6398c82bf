"""The filters of EC2's describe operations: which there are, by AWS's own description in botocore."""

import re
from functools import cache

from drycloud.cloud.ask import Ask, AwsError
from drycloud.cloud.operations import model
from drycloud.cloud.rules.registry import before

# What AWS took for years, and tells of no more.
_FORMER = {"DescribeInstances": {"group-id", "tag-value"}, "DescribeAddresses": {"domain"}}


@before("ec2", "*")
def filters_exist(ask: Ask) -> None:
    """moto fails at filters that it does not know, or passes them over (49)."""
    names = [text for field, text in ask.form.items() if field.startswith("Filter.") and field.endswith(".Name")]
    known = _filters(ask.operation) if names else frozenset()
    for name in names:
        if known and name not in known and name != "tag-key" and not name.startswith("tag:"):
            raise AwsError("InvalidParameterValue", f"The filter '{name}' is invalid.")


@cache
def _filters(operation: str) -> frozenset[str]:
    """The filters of an operation; none where AWS does not list them."""
    ec2 = model("ec2")
    if operation not in ec2.operation_names:
        return frozenset()
    shape = ec2.operation_model(operation).input_shape
    members = shape.members if shape else {}
    words = "".join(members[name].documentation for name in ("Filters", "Filter") if name in members)
    listed = re.findall(r"<code>([^<]+)</code>\s*[-\u2013:(]", words)
    return frozenset(listed) | _FORMER.get(operation, set()) if listed else frozenset()
