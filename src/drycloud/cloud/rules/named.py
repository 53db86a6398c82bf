"""What describe operations are asked for by id or name: each thing counts once, and one that is not there is told."""

import re

from drycloud.cloud.ask import Ask, AwsError
from drycloud.cloud.rules.registry import before

_MEMBER = re.compile(r"([A-Za-z]+)\.\d+")
# Where moto passes over what is not there: what the ids are called, where moto keeps the things, and the error's code.
_PASSED_OVER = {
    "DescribeCustomerGateways": ("CustomerGatewayId", "customer_gateways", "InvalidCustomerGatewayID.NotFound"),
    "DescribeNetworkAcls": ("NetworkAclId", "network_acls", "InvalidNetworkAclID.NotFound"),
    "DescribeVpcPeeringConnections": ("VpcPeeringConnectionId", "vpc_pcxs", "InvalidVpcPeeringConnectionID.NotFound"),
    "DescribeVpnGateways": ("VpnGatewayId", "vpn_gateways", "InvalidVpnGatewayID.NotFound"),
}


@before("ec2", "*")
def what_is_named_twice_counts_once(ask: Ask) -> None:
    """moto says that it is not there, fails, or tells it twice (403)."""
    if not ask.operation.startswith("Describe"):
        return
    seen: set[tuple[str, str]] = set()
    for field, text in list(ask.form.items()):
        found = _MEMBER.fullmatch(field)
        if found and (found[1], text) in seen:
            del ask.form[field]
        elif found:
            seen.add((found[1], text))


@before("ec2", *_PASSED_OVER)
def what_is_named_is_there(ask: Ask) -> None:
    """moto passes over what is not, and has the code of route tables for network ACLs (404)."""
    field, kept, code = _PASSED_OVER[ask.operation]
    for id in ask.values(field):
        if id not in getattr(ask.ec2, kept):
            raise AwsError(code, f"The ID '{id}' does not exist")
