"""Patches of moto's models: fields that AWS always tells of a thing, and moto does not.

Known by the answers in AWS's own examples of its command line tool, and by botocore's text. Each is a property, which
moto's answers find by its name.
"""

from functools import wraps
from typing import Any

from drycloud.patching import Patch

CPUS = "drycloud_cpus"  # on moto's instances: what their launch said of it
_LEAST_IOPS, _MOST_IOPS, _IOPS_OF_A_GIB = 100, 16000, 3  # of gp2
_THROUGHPUT = 125  # MiB/s of gp3
_OPTIONS_OF_NAMES = {
    "HostnameType": "ip-name",
    "EnableResourceNameDnsARecord": False,
    "EnableResourceNameDnsAAAARecord": False,
}


def _platform(thing: Any) -> str:
    return "Windows" if thing.platform == "windows" else "Linux/UNIX"


def _usage(thing: Any) -> str:
    return "RunInstances:0002" if thing.platform == "windows" else "RunInstances"


def _of_instances() -> None:
    from moto.ec2.models.instances import Instance

    plain = Instance.__init__

    @wraps(plain)
    def initialise(self: Any, *words: Any, **more: Any) -> None:
        plain(self, *words, **more)
        self.hibernation_options = self.hibernation_options or {"Configured": False}

    Instance.__init__ = initialise
    Instance.capacity_reservation_specification = {"CapacityReservationPreference": "open"}
    Instance.cpu_options = property(_cpus)
    Instance.ena_support = True
    Instance.enclave_options = {"Enabled": False}
    Instance.maintenance_options = {"AutoRecovery": "default"}
    Instance.platform_details, Instance.usage_operation = property(_platform), property(_usage)
    Instance.private_dns_name_options = _OPTIONS_OF_NAMES
    Instance.usage_operation_update_time = property(lambda self: self.launch_time)


def _cpus(instance: Any) -> dict[str, Any] | None:
    """As the launch said it, or as its type has them."""
    from moto.ec2.models.instance_types import INSTANCE_TYPES

    said: dict[str, Any] | None = vars(instance).get(CPUS)
    if said is not None:
        return said
    about = INSTANCE_TYPES.get(instance.instance_type, {}).get("VCpuInfo", {})
    if "DefaultCores" not in about:
        return None
    return {"CoreCount": about["DefaultCores"], "ThreadsPerCore": about.get("DefaultThreadsPerCore", 1)}


def _of_images() -> None:
    from moto.ec2.models.amis import Ami

    Ami.platform_details, Ami.usage_operation = property(_platform), property(_usage)


def _of_volumes() -> None:
    # A snapshot has its state under another name, too.
    from moto.ec2.models.elastic_block_store import Snapshot, Volume

    plain = Volume.__init__

    @wraps(plain)
    def initialise(self: Any, *words: Any, **more: Any) -> None:
        plain(self, *words, **more)
        self.snapshot_id = self.snapshot_id or ""
        self.multi_attach_enabled = bool(self.multi_attach_enabled)

    def iops(self: Any) -> int | None:
        return _iops(self.volume_type, self.size, self.__dict__.get("iops"))

    def throughput(self: Any) -> int | None:
        said: int | None = self.__dict__.get("throughput")
        return said or (_THROUGHPUT if self.volume_type == "gp3" else None)

    Snapshot.state = property(lambda self: self.status)
    Volume.__init__ = initialise
    Volume.iops = property(iops, lambda self, said: self.__dict__.update(iops=said))
    Volume.throughput = property(throughput, lambda self, said: self.__dict__.update(throughput=said))


def _iops(kind: str, size: int | str, said: int | None) -> int | None:
    return min(max(_LEAST_IOPS, _IOPS_OF_A_GIB * int(size)), _MOST_IOPS) if kind == "gp2" else said


def _of_modifications() -> None:
    from moto.ec2.models.elastic_block_store import VolumeModification

    plain = VolumeModification.__init__
    names = ("size", "volume_type", "iops", "throughput", "multi_attach_enabled")

    @wraps(plain)
    def initialise(self: Any, volume: Any, *words: Any, **more: Any) -> None:
        before = {name: getattr(volume, name) for name in names}
        plain(self, volume, *words, **more)
        for name, value in before.items():
            for head in ("original", "target"):
                if getattr(self, f"{head}_{name}") is None:
                    setattr(self, f"{head}_{name}", value)
        self.target_iops = _iops(self.target_volume_type, self.target_size, self.target_iops)

    VolumeModification.__init__ = initialise


def _of_addresses() -> None:
    from moto.ec2.models.elastic_ip_addresses import ElasticAddress

    ElasticAddress.public_ipv4_pool = "amazon"
    ElasticAddress.network_border_group = property(lambda self: self.ec2_backend.region_name)


def _of_networks() -> None:
    from moto.ec2.models.dhcp_options import DHCPOptionsSet
    from moto.ec2.models.route_tables import RouteTable
    from moto.ec2.models.subnets import Subnet

    DHCPOptionsSet.owner_id = property(lambda self: self.ec2_backend.account_id)
    RouteTable.propagating_vgws = ()
    Subnet.enable_dns64 = Subnet.map_customer_owned_ip_on_launch = False


def _of_gateways() -> None:
    from moto.ec2.models.nat_gateways import NatGateway

    plain = NatGateway.__init__

    @wraps(plain)
    def initialise(self: Any, *words: Any, **more: Any) -> None:
        plain(self, *words, **more)
        self.connectivity_type = self.connectivity_type or "public"

    def addresses(self: Any) -> list[dict[str, Any]]:
        return [{**one, "isPrimary": number == 0, "status": "succeeded"} for number, one in enumerate(self.address_set)]

    NatGateway.__init__ = initialise
    NatGateway.nat_gateway_addresses = property(addresses)


PATCHES = (
    Patch(
        _of_instances,
        "moto does not tell what an instance is (its platform, its CPUs), nor what it was launched without.",
        "5.2.5",
        rows=(420,),
    ),
    Patch(_of_images, "moto does not tell what an image runs, by which it is billed.", "5.2.5", rows=(421,)),
    Patch(
        _of_volumes,
        "moto does not tell how fast a volume is where nobody said it, nor that it is made of no snapshot.",
        "5.2.5",
        rows=(422, 427),
    ),
    Patch(
        _of_modifications,
        "A modification tells all of the volume; moto leaves out what stays as it was.",
        "5.2.5",
        rows=(423,),
    ),
    Patch(
        _of_addresses, "moto does not tell whose pool an address is from, nor its border group.", "5.2.5", rows=(424,)
    ),
    Patch(
        _of_networks, "moto leaves out fields of subnets, route tables and sets of DHCP options.", "5.2.5", rows=(425,)
    ),
    Patch(
        _of_gateways,
        "moto does not tell that a NAT gateway is public, nor which of its addresses is the primary one.",
        "5.2.5",
        rows=(428,),
    ),
)
