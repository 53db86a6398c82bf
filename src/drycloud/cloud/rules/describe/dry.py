"""Dry runs: these rules run last, when the request is known to be valid."""

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.registry import Answer, after, before

# Operations that moto executes in spite of DryRun.
_DONE_ALL_THE_SAME = (
    "AssignPrivateIpAddresses AssociateDhcpOptions AssociateIamInstanceProfile AssociateRouteTable "
    "CreateDefaultSubnet CreateDefaultVpc CreateDhcpOptions CreateNatGateway CreateNetworkAcl CreateNetworkAclEntry "
    "CreateRoute CreateRouteTable CreateSubnet CreateVpc CreateVpcEndpoint CreateVpcPeeringConnection "
    "DeleteDhcpOptions DeleteNatGateway DeleteNetworkAcl DeleteNetworkAclEntry DeleteRoute DeleteRouteTable "
    "DeleteSubnet DeleteVpc DeleteVpcEndpoints DeleteVpcPeeringConnection DisassociateIamInstanceProfile "
    "DisassociateRouteTable ModifyInstanceMetadataOptions ReplaceRoute ReplaceRouteTableAssociation "
    "UnassignPrivateIpAddresses UpdateSecurityGroupRuleDescriptionsEgress UpdateSecurityGroupRuleDescriptionsIngress"
)


def _end() -> None:
    raise AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)


@before("ec2", *_DONE_ALL_THE_SAME.split())
def dry_run_changes_nothing(request: AwsRequest) -> None:
    """moto executes these in spite of the flag (30)."""
    if request.flag("DryRun"):
        _end()


@after("ec2", "*")
def dry_run_returns_nothing(request: AwsRequest, answer: Answer) -> None:
    """moto returns the items of a describe operation (30)."""
    del answer
    if b"DryRun" in request.body and request.flag("DryRun"):
        _end()
