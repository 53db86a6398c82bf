"""Patches of moto's networking: addresses that are nobody's, and what stays with an interface."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any

from drycloud.cloud.moto import engine
from drycloud.patching import Patch

# Ranges that no machine on the internet has: a student's code may try to connect to what it finds here.
ELASTIC = ipaddress.IPv4Network("203.0.113.0/24")  # for documentation (RFC 5737)
AUTOMATIC = ipaddress.IPv4Network("198.51.100.0/24")  # for documentation (RFC 5737)
_MORE = ipaddress.IPv4Network("198.18.0.0/15")  # for benchmarks (RFC 2544), when there are very many instances
_KINDS = {"eipalloc": "elastic-ip", "nat": "natgateway", "sir": "spot-instances-request", "fl": "vpc-flow-log"}
_KINDS |= {"h": "dedicated-host", "pl": "prefix-list"}


def dissolve(address: Any) -> None:
    """End an Elastic IP address's association; the interface is left with no public address."""
    if address.eni is not None:
        address.eni.public_ip = None
    address.instance = address.eni = address.association_id = None


def _give_harmless_addresses() -> None:
    from moto.ec2.models import elastic_ip_addresses, elastic_network_interfaces

    elastic_ip_addresses.random_ip = _free_elastic
    elastic_network_interfaces.random_public_ip = _free_automatic


def _free_elastic() -> str:
    return _free(ELASTIC, {address.public_ip for b in engine.backends("ec2").values() for address in b.addresses})


def _free_automatic() -> str:
    taken = {eni.public_ip for backend in engine.backends("ec2").values() for eni in backend.enis.values()}
    return _free(AUTOMATIC if len(taken) < AUTOMATIC.num_addresses // 2 else _MORE, taken)


def _free(network: ipaddress.IPv4Network, taken: set[str]) -> str:
    """An address that nothing in the account has; it follows from the seed, as moto's ids do."""
    from moto.moto_api._internal import mock_random

    while True:
        found = str(network[mock_random.randint(1, network.num_addresses - 2)])
        if found not in taken:
            return found


def _keep_elastic_addresses_over_a_stop() -> None:
    from moto.ec2.models.elastic_network_interfaces import NetworkInterface

    for name in ("stop", "check_auto_public_ip"):
        setattr(NetworkInterface, name, _unless_elastic(getattr(NetworkInterface, name)))


def _unless_elastic(change: Callable[[Any], None]) -> Callable[[Any], None]:
    @wraps(change)
    def changed(eni: Any) -> None:
        if not any(address.eni is eni and eni.public_ip == address.public_ip for address in eni.ec2_backend.addresses):
            change(eni)

    return changed


def _move_elastic_addresses() -> None:
    # What an address leaves gets an automatic one again, if it may. One that another address displaces stays allocated.
    # An interface's instance is the address's too.
    from moto.ec2.exceptions import ResourceAlreadyAssociatedError
    from moto.ec2.models.elastic_ip_addresses import ElasticAddressBackend

    associate = ElasticAddressBackend.associate_address

    def associate_address(  # noqa: PLR0913  # moto's own
        self: Any,
        instance: Any = None,
        eni: Any = None,
        address: str | None = None,
        allocation_id: str | None = None,
        reassociate: bool = False,
    ) -> Any:
        moved = (self.address_by_ip([address]) if address else self.address_by_allocation([allocation_id]))[0]
        place = eni or instance.nics[0]
        if moved.eni not in (None, place):
            if not reassociate:
                raise ResourceAlreadyAssociatedError(moved.public_ip)
            self.disassociate_address(address=moved.public_ip)
        for other in self.addresses:
            if other.eni is place and other is not moved:
                dissolve(other)
        associate(self, instance, eni, address, allocation_id, reassociate=True)
        moved.instance = place.instance
        return moved

    ElasticAddressBackend.associate_address = associate_address


def _leave_out_what_an_idle_address_has_not() -> None:
    from moto.ec2.models.elastic_ip_addresses import ElasticAddress

    ElasticAddress.instance_id = property(lambda self: self.instance.id if self.instance else None)
    ElasticAddress.network_interface_id = property(lambda self: self.eni.id if self.eni else None)


def _list_tags_by_the_kinds_that_aws_has() -> None:
    from moto.ec2.utils import EC2_PREFIX_TO_RESOURCE

    EC2_PREFIX_TO_RESOURCE.update(_KINDS)


def _name_public_addresses_on_interfaces() -> None:
    from moto.ec2.models.elastic_network_interfaces import NetworkInterface

    known = NetworkInterface.association.fget

    def association(self: Any) -> dict[str, Any]:
        found: dict[str, Any] = known(self)
        if "publicDnsName" in found:
            region = self.ec2_backend.region_name
            zone = "compute-1" if region == "us-east-1" else f"{region}.compute"
            found["publicDnsName"] = f"ec2-{found['publicIp'].replace('.', '-')}.{zone}.amazonaws.com"
        return found

    NetworkInterface.association = property(association)


def _let_default_groups_trust_themselves() -> None:
    from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule

    create = SecurityGroupBackend.create_security_group

    @wraps(create)
    def create_security_group(self: Any, *words: Any, **more: Any) -> Any:
        group = create(self, *words, **more)
        if group.is_default:
            itself = {"GroupId": group.id, "UserId": self.account_id, "OwnerId": self.account_id}
            rule = SecurityGroupRule(self, "-1", group.id, None, None, None, itself, is_egress=False)
            group.ingress_rules.append(rule)
        return group

    SecurityGroupBackend.create_security_group = create_security_group


def _give_the_default_network_a_way_out() -> None:
    from moto.ec2.models.vpcs import VPCBackend

    create = VPCBackend.create_default_vpc

    @wraps(create)
    def create_default_vpc(self: Any) -> Any:
        vpc = create(self)
        gateway = self.create_internet_gateway()
        self.attach_internet_gateway(gateway.id, vpc.id)
        table = next(t for t in self.route_tables.values() if t.vpc_id == vpc.id and t.main_association_id)
        self.create_route(table.id, "0.0.0.0/0", gateway_id=gateway.id)
        return vpc

    VPCBackend.create_default_vpc = create_default_vpc


def _answer_with_all_rules_that_were_added() -> None:
    from moto.core.responses import ActionResult
    from moto.ec2.responses.security_groups import SecurityGroups

    def answer(direction: str) -> Callable[[Any], Any]:
        name = f"authorize_security_group_{direction}"

        def authorize(self: Any) -> Any:
            self.error_on_dryrun()
            add = getattr(self.ec2_backend, name)
            rules = [rule for words in self._process_rules_from_querystring() for rule in add(**words)[0]]
            return ActionResult({"Return": True, "SecurityGroupRules": rules})

        authorize.__name__ = name
        return authorize

    SecurityGroups.authorize_security_group_ingress = answer("ingress")
    SecurityGroups.authorize_security_group_egress = answer("egress")


def _delete_a_gateway_with_its_interface() -> None:
    from moto.ec2.models.nat_gateways import NatGatewayBackend

    delete = NatGatewayBackend.delete_nat_gateway

    @wraps(delete)
    def delete_nat_gateway(self: Any, nat_gateway_id: str) -> Any:
        gone = delete(self, nat_gateway_id)
        self.enis.pop(gone._eni.id, None)
        return gone

    NatGatewayBackend.delete_nat_gateway = delete_nat_gateway


def _keep_a_route_whose_change_is_refused() -> None:
    from moto.ec2.models.route_tables import RouteBackend

    replace = RouteBackend.replace_route

    @wraps(replace)
    def replace_route(self: Any, route_table_id: str, *words: Any, **more: Any) -> Any:
        table = self.route_tables.get(route_table_id)
        routes = [(route, dict(vars(route))) for route in (table._routes.values() if table else ())]
        try:
            return replace(self, route_table_id, *words, **more)
        except Exception:
            for route, kept in routes:
                vars(route).update(kept)
            raise

    RouteBackend.replace_route = replace_route


PATCHES = (
    Patch(
        _give_harmless_addresses,
        "moto makes up Elastic IPs in 127.0.0.0/8 and automatic ones in 54.214.0.0/16, which are real machines'.",
        "5.2.5",
        rows=(142,),
    ),
    Patch(
        _keep_elastic_addresses_over_a_stop,
        "moto's interfaces lose any public address at a stop, and get a new one at the start.",
        "5.2.5",
        rows=(136,),
    ),
    Patch(
        _move_elastic_addresses,
        "An address has one interface, and an interface one address; moto leaves the former ones as they were.",
        "5.2.5",
        rows=(132, 140),
    ),
    Patch(
        _list_tags_by_the_kinds_that_aws_has,
        "DescribeTags calls an address an elastic-ip; moto has words of its own, in the filter too.",
        "5.2.5",
        rows=(249,),
    ),
    Patch(
        _name_public_addresses_on_interfaces,
        "An interface tells the name of its public address as its instance does; moto's tells a private one.",
        "5.2.5",
        rows=(250,),
    ),
    Patch(
        _leave_out_what_an_idle_address_has_not,
        "An idle address has no field InstanceId, by which scripts find it; moto gives it an empty one.",
        "5.2.5",
        rows=(251,),
    ),
    Patch(
        _let_default_groups_trust_themselves,
        "A VPC's default group lets in all that comes from itself; moto's lets in nothing.",
        "5.2.5",
        rows=(96,),
    ),
    Patch(
        _give_the_default_network_a_way_out,
        "The default VPC has an internet gateway, and a route to it; moto's has neither.",
        "5.2.5",
        rows=(160,),
    ),
    Patch(
        _answer_with_all_rules_that_were_added,
        "moto answers with the rules of the last permission alone.",
        "5.2.5",
        rows=(252,),
    ),
    Patch(
        _delete_a_gateway_with_its_interface,
        "A NAT gateway's interface goes with it; moto's stays, and would be told as left behind.",
        "5.2.5",
        shown_by="test_stock_moto.py::test_the_fault_is_there[gateways]",
    ),
    Patch(
        _keep_a_route_whose_change_is_refused,
        "moto takes a route's target away, and then finds that the new one does not exist.",
        "5.2.5",
        shown_by="test_stock_moto.py::test_the_fault_is_there[routes]",
    ),
)
