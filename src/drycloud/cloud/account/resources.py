"""The resources of a cloud as plain frozen values: one type per kind of resource."""

from msgspec import Struct


class Resource(Struct, frozen=True, kw_only=True, tag=True):
    """Anything with an id, a region and tags.

    `rest` holds everything else that the simulator keeps of it, as texts by name, for comparison only.
    """

    id: str
    region: str
    tags: dict[str, str] = {}
    rest: dict[str, str] = {}

    @property
    def identity(self) -> str:
        """Kind, region and id: students choose the ids of some kinds, and may choose ids of other kinds.

        Neither kind nor region contains a space, so no two resources have the same identity.
        """
        return f"{type(self).__name__} {self.region} {self.id}"


class Instance(Resource, frozen=True, kw_only=True):
    """An EC2 instance; `groups` are security group ids, addresses are None while it has none."""

    state: str
    instance_type: str
    image_id: str
    key_name: str | None = None
    groups: list[str] = []
    public_ip: str | None = None
    private_ip: str | None = None
    public_dns: str | None = None
    subnet_id: str | None = None
    protected: bool = False
    lifecycle: str | None = None


class Volume(Resource, frozen=True, kw_only=True):
    """An EBS volume; `attached_to` is an instance id, and `ends_with_it` whether it is deleted with the instance."""

    state: str
    size_gib: int
    volume_type: str
    attached_to: str | None = None
    ends_with_it: bool = False


class DiskSnapshot(Resource, frozen=True, kw_only=True):
    """An EBS snapshot that the account owns; `image_id` is the AMI that it was made for, which may be gone."""

    volume_id: str
    size_gib: int
    image_id: str | None = None


class Image(Resource, frozen=True, kw_only=True):
    """An AMI that the account owns."""

    name: str
    source_instance: str | None = None


class Rule(Struct, frozen=True):
    """One rule of a security group: `source` is a CIDR block, a prefix list or a group id."""

    protocol: str
    from_port: int | None
    to_port: int | None
    source: str

    def __str__(self) -> str:
        what = "every protocol and port" if self.protocol == "-1" else f"{self.protocol} {self._ports}"
        return f"{what} from {self.source}"

    @property
    def _ports(self) -> str:
        return str(self.from_port) if self.from_port == self.to_port else f"{self.from_port} to {self.to_port}"


class SecurityGroup(Resource, frozen=True, kw_only=True):
    """A security group with its inbound and outbound rules."""

    name: str
    inbound: list[Rule] = []
    outbound: list[Rule] = []


class KeyPair(Resource, frozen=True, kw_only=True):
    """A key pair's public half; `public_key` is in OpenSSH's form, type and key, without a comment."""

    name: str
    fingerprint: str
    public_key: str


class Address(Resource, frozen=True, kw_only=True):
    """An Elastic IP address; `instance_id` is None while it is idle."""

    public_ip: str
    instance_id: str | None = None


class SpotRequest(Resource, frozen=True, kw_only=True):
    """A Spot request: its state, the code of its status, its kind (one-time or persistent).

    `max_price` is the given text, None if there was none; `instance_id` is None while it waits.
    """

    state: str
    status: str
    kind: str
    max_price: str | None = None
    instance_id: str | None = None


class NatGateway(Resource, frozen=True, kw_only=True):
    """A NAT gateway, which costs money by the hour."""

    state: str


class Other(Resource, frozen=True, kw_only=True):
    """Any other EC2 resource, such as a route table; its attributes are in `rest`.

    `sort` is the name of moto's collection ("route_tables"); `attached_to` is an instance id.
    """

    sort: str
    state: str | None = None
    attached_to: str | None = None

    @property
    def identity(self) -> str:
        """Like any resource's identity, with the sort."""
        return f"Other {self.sort} {self.region} {self.id}"


class Bucket(Resource, frozen=True, kw_only=True):
    """An S3 bucket (its id is its name).

    `versioning` is AWS's value: "Enabled", "Suspended", or "" if it was never on. `public`: its policy or its ACL
    lets anybody do something.
    """

    versioning: str = ""
    public_access_blocked: bool = False
    policy: str | None = None
    acls_disabled: bool = False
    public: bool = False


class Stored(Resource, frozen=True, kw_only=True):
    """Data under a key of a bucket; `sha256` is the digest of its content, in hex.

    `data` is the content itself if it is small (64 KiB at most), and None otherwise.
    """

    bucket: str
    key: str
    size: int = 0
    content_type: str = ""
    etag: str = ""
    sha256: str = ""
    data: bytes | None = None
    metadata: dict[str, str] = {}


class Object(Stored, frozen=True, kw_only=True):
    """The current version of an S3 object (its id is 'bucket/key'); `public`: anybody may read it."""

    public: bool = False


class ObjectVersion(Stored, frozen=True, kw_only=True):
    """A version of an S3 object, or a delete marker; its id is 'bucket/key?versionId=…'.

    Without versioning each object has one, the version "null", as on AWS.
    """

    version_id: str
    is_latest: bool = False
    is_delete_marker: bool = False


class Upload(Resource, frozen=True, kw_only=True):
    """A multipart upload that is neither completed nor aborted; its parts are `size` bytes, which cost like objects."""

    bucket: str
    key: str
    size: int = 0


AnyResource = (
    Instance
    | Volume
    | DiskSnapshot
    | Image
    | SecurityGroup
    | KeyPair
    | Address
    | SpotRequest
    | NatGateway
    | Other
    | Bucket
    | Object
    | ObjectVersion
    | Upload
)
