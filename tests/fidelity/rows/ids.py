"""Ids of EC2: such as are none, such as are nobody's, and several at once."""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from fidelity.table import Lab, Row

DIGITS = "0123456789abcdef0"
# What describes each kind of thing and the parameter for its ids; AWS's codes for an id that is none, and for one that
# is nobody's, where that is an error; stock moto's for both, where it has any.
KINDS = {
    "acl": ("network_acls", "NetworkAclIds", "InvalidNetworkAclId.Malformed", "InvalidNetworkAclID.NotFound",
            "InvalidRouteTableID.NotFound"),
    "cgw": ("customer_gateways", "CustomerGatewayIds", "InvalidCustomerGatewayId.Malformed",
            "InvalidCustomerGatewayID.NotFound", ""),
    "dopt": ("dhcp_options", "DhcpOptionsIds", "InvalidDhcpOptionsId.Malformed", "InvalidDhcpOptionID.NotFound",
             "InvalidDhcpOptionID.NotFound"),
    "eigw": ("egress_only_internet_gateways", "EgressOnlyInternetGatewayIds",
             "InvalidEgressOnlyInternetGatewayId.Malformed", "", ""),
    "eni": ("network_interfaces", "NetworkInterfaceIds", "InvalidNetworkInterfaceId.Malformed",
            "InvalidNetworkInterfaceID.NotFound", "InvalidNetworkInterfaceID.NotFound"),
    "igw": ("internet_gateways", "InternetGatewayIds", "InvalidInternetGatewayId.Malformed",
            "InvalidInternetGatewayID.NotFound", "InvalidInternetGatewayID.NotFound"),
    "pcx": ("vpc_peering_connections", "VpcPeeringConnectionIds", "InvalidVpcPeeringConnectionId.Malformed",
            "InvalidVpcPeeringConnectionID.NotFound", ""),
    "pl": ("managed_prefix_lists", "PrefixListIds", "InvalidPrefixListId.Malformed", "InvalidPrefixListID.NotFound",
           ""),
    "rtb": ("route_tables", "RouteTableIds", "InvalidRouteTableId.Malformed", "InvalidRouteTableID.NotFound",
            "InvalidRouteTableID.NotFound"),
    "sgr": ("security_group_rules", "SecurityGroupRuleIds", "InvalidSecurityGroupRuleId.Malformed",
            "InvalidSecurityGroupRuleId.NotFound", "InvalidSecurityGroupRuleId.NotFound"),
    "subnet": ("subnets", "SubnetIds", "InvalidSubnetID.Malformed", "InvalidSubnetID.NotFound",
               "InvalidSubnetID.NotFound"),
    "vol": ("volumes", "VolumeIds", "InvalidParameterValue", "InvalidVolume.NotFound", "InvalidVolume.NotFound"),
    "vpc": ("vpcs", "VpcIds", "InvalidVpcID.Malformed", "InvalidVpcID.NotFound", "InvalidVpcID.NotFound"),
    "vpce": ("vpc_endpoints", "VpcEndpointIds", "InvalidVpcEndpointId.Malformed", "InvalidVpcEndpointId.NotFound",
             "InvalidVpcEndpointId.NotFound"),
}  # fmt: skip
TRIED = "GH gardener/gardener-extension-provider-aws, and hashicorp/terraform-provider-aws, whose tests ask AWS"
NONE = ("foo", "{}", "{}-", "{}-XYZ", "{}-0123456", "{}-0123456789ABCDEF0", " {}-0123456789abcdef0")


def described(lab: Lab, kind: str, *ids: str) -> str:
    operation, parameter = KINDS[kind][:2]
    getattr(lab.ec2, f"describe_{operation}")(**{parameter: list(ids)})
    return "done"


def of_each_kind() -> Iterator[Row]:
    """A row for an id of each kind that is none, and one for what is nobody's."""
    for kind, (operation, _, malformed, missing, stock) in KINDS.items():
        source = "GH" if kind == "vol" else "EC"
        told, known = (f"error {missing}", "EC") if missing else ("done", TRIED)
        here = f"error {stock}" if stock else "done"
        yield Row(345, "ec2", f"describe_{operation}: {kind}-XYZ", lambda lab, k=kind: described(lab, k, f"{k}-XYZ"),
                  f"error {malformed}", here, source)  # fmt: skip
        yield Row(346, "ec2", f"describe_{operation}: {kind}-{DIGITS}",
                  lambda lab, k=kind: described(lab, k, f"{k}-{DIGITS}"), told, here, known)  # fmt: skip


def there(lab: Lab) -> list[str]:
    """What describes things by ids that they have, in the short form and in the long one."""
    vpc = lab.ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    return [described(lab, "vpc", vpc), described(lab, "subnet", subnet(lab))]


def subnet(lab: Lab) -> str:
    return str(lab.ec2.describe_subnets()["Subnets"][0]["SubnetId"])


def malformed(lab: Lab, id: str) -> str:
    """What is said of a VPC's id."""
    return described(lab, "vpc", id.format("vpc"))


def named(lab: Lab, method: str, parameter: str, kind: str) -> bool:
    """Whether an error names four ids that are nobody's, each once and in the order asked, as a list of AWS's."""
    ids = [f"{kind}-{n:017x}" for n in (5, 3, 9, 1)]
    try:
        getattr(lab.ec2, method)(**{parameter: [*ids, ids[1]]})
    except ClientError as error:
        return ", ".join(ids) in str(error.response["Error"]["Message"])
    return False


def changed(lab: Lab, method: str, **words: Any) -> str:
    getattr(lab.ec2, method)(**words)
    return "done"


def table(lab: Lab) -> str:
    """A route table of the default network's."""
    return str(lab.ec2.describe_route_tables()["RouteTables"][0]["RouteTableId"])


def group(lab: Lab) -> str:
    return str(lab.ec2.create_security_group(GroupName=lab.name(), Description="x")["GroupId"])


AS_AWS = ("describe_images", "terminate_instances")  # which stock moto answers so too
VPC, MALFORMED = "error InvalidVpcID.NotFound", "error InvalidVpcID.Malformed"
NO_GROUP = "sg-00000000000000346"  # of no other row: stock moto makes it here
NO_SUBNET = "error InvalidSubnetID.NotFound"
ROWS = [
    *of_each_kind(),
    *(Row(345, "ec2", f"describe_vpcs of {id.format('vpc')!r}", lambda lab, id=id: malformed(lab, id), MALFORMED, VPC,
          "EC") for id in NONE),
    Row(345, "ec2", "describe_vpcs of an id of eight digits", lambda lab: malformed(lab, "vpc-01234567"), VPC, VPC,
        "EC"),
    Row(345, "ec2", "describe a VPC and a subnet that are there", there, ["done", "done"], ["done", "done"], "M"),
    Row(345, "ec2", "create_snapshot of no volume's id",
        lambda lab: changed(lab, "create_snapshot", VolumeId="standard"), "error InvalidParameterValue",
        "error InvalidVolume.NotFound", "GH"),
    Row(345, "ec2", "create_subnet in what is no VPC's id",
        lambda lab: changed(lab, "create_subnet", VpcId="foo", CidrBlock="10.0.0.0/24"), MALFORMED, VPC, "EC"),
    Row(345, "ec2", "describe_vpc_endpoint_service_permissions: dummyServiceId",
        lambda lab: changed(lab, "describe_vpc_endpoint_service_permissions", ServiceId="dummyServiceId"),
        "error InvalidVpcEndpointServiceId.Malformed", "error InvalidVpcEndpointServiceId.NotFound", "GH"),
    Row(345, "ec2", "release_address of what is no allocation's id",
        lambda lab: changed(lab, "release_address", AllocationId="foo"), "error InvalidAllocationID.NotFound",
        "error InvalidAllocationID.NotFound", "EC"),
    Row(345, "ec2", "a template that names no image's id",
        lambda lab: changed(lab, "create_launch_template", LaunchTemplateName=lab.name(),
                            LaunchTemplateData={"ImageId": "foo"}), "done", "done", "U"),
    *(Row(346, "ec2", f"{method} of several that are not there: all are named in order",
          lambda lab, m=method, p=parameter, k=kind: named(lab, m, p, k), True, method in AS_AWS, "U")
      for method, parameter, kind in (
          ("describe_volumes", "VolumeIds", "vol"), ("describe_snapshots", "SnapshotIds", "snap"),
          ("describe_images", "ImageIds", "ami"), ("describe_vpcs", "VpcIds", "vpc"),
          ("describe_subnets", "SubnetIds", "subnet"), ("describe_security_groups", "GroupIds", "sg"),
          ("describe_instances", "InstanceIds", "i"), ("terminate_instances", "InstanceIds", "i"),
          ("describe_addresses", "AllocationIds", "eipalloc"),
          ("describe_nat_gateways", "NatGatewayIds", "nat"))),
    Row(346, "ec2", "associate_route_table with no subnet",
        lambda lab: changed(lab, "associate_route_table", RouteTableId=table(lab), SubnetId=f"subnet-{DIGITS}"),
        NO_SUBNET, NO_SUBNET, "EC"),
    Row(346, "ec2", "modify_subnet_attribute of no subnet",
        lambda lab: changed(lab, "modify_subnet_attribute", SubnetId=f"subnet-{DIGITS}",
                            MapPublicIpOnLaunch={"Value": True}), NO_SUBNET, NO_SUBNET, "EC"),
    Row(346, "ec2", "modify_vpc_attribute of no VPC",
        lambda lab: changed(lab, "modify_vpc_attribute", VpcId=f"vpc-{DIGITS}", EnableDnsSupport={"Value": True}),
        VPC, VPC, "EC"),
    Row(346, "ec2", "create_network_interface with no group",
        lambda lab: changed(lab, "create_network_interface", SubnetId=subnet(lab), Groups=[NO_GROUP]),
        "error InvalidGroup.NotFound", "done", "EC"),
    Row(346, "ec2", "create_route to no egress-only internet gateway",
        lambda lab: changed(lab, "create_route", RouteTableId=table(lab), DestinationIpv6CidrBlock="::/0",
                            EgressOnlyInternetGatewayId=f"eigw-{DIGITS}"), "error InvalidGatewayID.NotFound",
        "error InvalidGatewayID.NotFound", TRIED),
    Row(346, "ec2", "delete_egress_only_internet_gateway of none",
        lambda lab: changed(lab, "delete_egress_only_internet_gateway", EgressOnlyInternetGatewayId=f"eigw-{DIGITS}"),
        "error InvalidGatewayID.NotFound", "error InvalidGatewayID.NotFound", TRIED),
    Row(346, "ec2", "create_route to no NAT gateway",
        lambda lab: changed(lab, "create_route", RouteTableId=table(lab), DestinationCidrBlock="10.77.0.0/16",
                            NatGatewayId=f"nat-{DIGITS}"), "error NatGatewayNotFound", "done", "EC"),
    Row(346, "ec2", "revoke_security_group_ingress of no rule",
        lambda lab: changed(lab, "revoke_security_group_ingress", SecurityGroupRuleIds=[f"sgr-{DIGITS}"],
                            GroupId=group(lab)), "error InvalidSecurityGroupRuleId.NotFound",
        "error InvalidPermission.NotFound", "EC"),
]  # fmt: skip
