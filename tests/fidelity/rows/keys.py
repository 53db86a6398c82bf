"""Key pairs and tags."""

from typing import Any

from fidelity.rows.launching import ABSENT, run
from fidelity.table import NO_ANSWER, Lab, Row

PUBLIC = b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIJZ0vZ9mGvrDSQoZx0f1tbFyW4RkzPYkmmvAkmLuM1u me@here"

# --- key pairs --------------------------------------------------------------------------------------------------------


def make(lab: Lab, times: int = 1, **words: Any) -> str:
    """Create a key pair so many times: the first line of the private key."""
    words = {"KeyName": lab.name("key"), **words}
    made = [lab.ec2.create_key_pair(**words) for _ in range(times)]
    return str(made[0]["KeyMaterial"].splitlines()[0])


def describe(lab: Lab, **words: Any) -> list[str]:
    return [pair["KeyName"] for pair in lab.ec2.describe_key_pairs(**words)["KeyPairs"]]


def words_of_a_missing_key(lab: Lab) -> bool:
    """Whether the error's words show Python's own notation."""
    try:
        describe(lab, KeyNames=["nope"])
    except lab.ec2.exceptions.ClientError as error:
        return "{" in str(error)
    return True


def found_by(lab: Lab, by_id: bool) -> bool:
    """Whether a key pair, and only it, is found."""
    name = lab.name("key")
    id = lab.ec2.create_key_pair(KeyName=name)["KeyPairId"]
    return describe(lab, **({"KeyPairIds": [id]} if by_id else {"KeyNames": [name, name]})) == [name]


def by_no_filter(lab: Lab) -> list[str]:
    make(lab)
    return describe(lab, Filters=[{"Name": "bogus", "Values": ["x"]}])


def kept_type(lab: Lab, **words: Any) -> str:
    name = lab.name("key")
    lab.ec2.create_key_pair(KeyName=name, **words)
    return str(lab.ec2.describe_key_pairs(KeyNames=[name])["KeyPairs"][0].get("KeyType"))


def delete(lab: Lab, by_id: bool) -> list[str]:
    """Create and delete a key pair: what is left."""
    name = lab.name("key")
    id = lab.ec2.create_key_pair(KeyName=name)["KeyPairId"]
    lab.ec2.delete_key_pair(**({"KeyPairId": id} if by_id else {"KeyName": name}))
    return [left for left in describe(lab) if left == name]


def deleted(lab: Lab, **words: Any) -> str:
    lab.ec2.delete_key_pair(**words)
    return "deleted"


def imported(lab: Lab, material: bytes, times: int = 1) -> str:
    name = lab.name("key")
    for _ in range(times):
        lab.ec2.import_key_pair(KeyName=name, PublicKeyMaterial=material)
    found = lab.ec2.describe_key_pairs(KeyNames=[name], IncludePublicKey=True)["KeyPairs"][0]
    return f"{found['KeyType']} {'PublicKey' in found}"


def tagged_key(lab: Lab) -> list[str]:
    name = lab.name("key")
    tags = [{"ResourceType": "key-pair", "Tags": [{"Key": "for", "Value": name}]}]
    lab.ec2.create_key_pair(KeyName=name, TagSpecifications=tags)
    return [found == name for found in describe(lab, Filters=[{"Name": "tag:for", "Values": [name]}])]


# --- tags -------------------------------------------------------------------------------------------------------------


def tag(lab: Lab, *ids: str, tags: Any = None) -> str:
    """Tag what is named, by default a new group: "tagged"."""
    ids = ids or (group(lab),)
    lab.ec2.create_tags(Resources=list(ids), Tags=[{"Key": "a", "Value": "b"}] if tags is None else tags)
    return "tagged"


def group(lab: Lab) -> str:
    return str(lab.ec2.create_security_group(GroupName=lab.name(), Description="x")["GroupId"])


def held(lab: Lab, id: str) -> dict[str, str]:
    found = lab.ec2.describe_tags(Filters=[{"Name": "resource-id", "Values": [id]}])["Tags"]
    return {t["Key"]: t["Value"] for t in found}


def found_by_key_and_value(lab: Lab) -> int:
    """How many of two groups with the same key are found by key and value."""
    key = lab.name("key")
    for value in ("mine", "yours"):
        tag(lab, group(lab), tags=one(key, value))
    return len(lab.ec2.describe_tags(Filters=[{"Name": f"tag:{key}", "Values": ["mine"]}])["Tags"])


def one(key: str, value: str = "") -> list[dict[str, str]]:
    return [{"Key": key, "Value": value}]


def without_value(lab: Lab) -> dict[str, str]:
    id = group(lab)
    tag(lab, id, tags=[{"Key": "noval"}])
    return held(lab, id)


def some_absent(lab: Lab) -> tuple[str, dict[str, str]]:
    """Tag a group and an instance that is not there: the error, and the group's tags."""
    id = group(lab)
    try:
        tag(lab, id, f"i-{ABSENT}")
    except lab.ec2.exceptions.ClientError as error:
        return error.response["Error"]["Code"], held(lab, id)
    return "tagged", held(lab, id)


def all_kinds(lab: Lab) -> str:
    """Tag one of each kind that there is."""
    id = lab.launch()[0]
    instance = lab.ec2.describe_instances(InstanceIds=[id])["Reservations"][0]["Instances"][0]
    volume, card = instance["BlockDeviceMappings"][0]["Ebs"]["VolumeId"], instance["NetworkInterfaces"][0]
    key = lab.ec2.create_key_pair(KeyName=lab.name("key"))["KeyPairId"]
    snapshot = lab.ec2.create_snapshot(VolumeId=volume)["SnapshotId"]
    image = lab.ec2.create_image(InstanceId=id, Name=lab.name())["ImageId"]
    net = (instance["VpcId"], instance["SubnetId"], card["NetworkInterfaceId"])
    return tag(lab, id, volume, snapshot, image, key, group(lab), *net)


def at_launch(lab: Lab, tags: Any, kind: str = "instance") -> dict[str, str]:
    made = run(lab, TagSpecifications=[{"ResourceType": kind, "Tags": tags}])[0]
    return {t["Key"]: t["Value"] for t in made.get("Tags", [])}


def volume_tags(lab: Lab) -> dict[str, str]:
    """Tag an instance and its volume at the launch: the volume's tags."""
    words = [{"ResourceType": kind, "Tags": one("kind", kind)} for kind in ("instance", "volume")]
    id = lab.launch(TagSpecifications=words)[0]
    instance = lab.ec2.describe_instances(InstanceIds=[id])["Reservations"][0]["Instances"][0]
    return held(lab, instance["BlockDeviceMappings"][0]["Ebs"]["VolumeId"])


def untag(lab: Lab, *tags: dict[str, str]) -> dict[str, str]:
    id = group(lab)
    tag(lab, id)
    lab.ec2.delete_tags(Resources=[id], **({"Tags": list(tags)} if tags else {}))
    return held(lab, id)


def group_with(lab: Lab, tags: Any) -> dict[str, str]:
    words = [{"ResourceType": "security-group", "Tags": tags}]
    id = lab.ec2.create_security_group(GroupName=lab.name(), Description="x", TagSpecifications=words)["GroupId"]
    return held(lab, id)


BAD, GOOD = "error InvalidParameterValue", "tagged"
RSA = "-----BEGIN RSA PRIVATE KEY-----"

ROWS = [
    Row(1, "ec2", "a key pair", make, RSA, RSA, "M"),
    Row(1, "ec2", "a key pair twice", lambda lab: make(lab, 2), *["error InvalidKeyPair.Duplicate"] * 2, "EC"),
    Row(2, "ec2", 'KeyType="dsa"', lambda lab: make(lab, KeyType="dsa"), BAD, RSA, "U"),
    Row(
        2,
        "ec2",
        'KeyType="ed25519"',
        lambda lab: make(lab, KeyType="ed25519"),
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "U",
    ),
    Row(2, "ec2", 'KeyFormat="pem"', lambda lab: make(lab, KeyFormat="pem"), RSA, RSA, "M"),
    Row(2, "ec2", 'KeyFormat="bogus"', lambda lab: make(lab, KeyFormat="bogus"), BAD, RSA, "U"),
    Row(2, "ec2", 'KeyName=""', lambda lab: make(lab, KeyName=""), "error MissingParameter", RSA, "U"),
    Row(2, "ec2", "a name of 300 characters", lambda lab: make(lab, KeyName="k" * 300), BAD, RSA, "M"),
    Row(2, "ec2", "a name that is not of ASCII", lambda lab: make(lab, KeyName=lab.name("clé")), BAD, RSA, "M"),
    Row(
        3,
        "ec2",
        "describe a key pair that is not there",
        lambda lab: describe(lab, KeyNames=["nope"]),
        *["error InvalidKeyPair.NotFound"] * 2,
        "Q",
    ),
    Row(3, "ec2", "its words show a set of Python", words_of_a_missing_key, False, True, "Q"),
    Row(4, "ec2", "describe key pairs by id", lambda lab: found_by(lab, by_id=True), True, False, "M"),
    Row(
        4,
        "ec2",
        "describe a key pair by an id that is not there",
        lambda lab: describe(lab, KeyPairIds=[f"key-{ABSENT}"]) and "found",
        "error InvalidKeyPair.NotFound",
        "found",
        "U",
    ),
    Row(
        0,
        "ec2",
        "describe a key pair by its name, twice",
        lambda lab: found_by(lab, by_id=False),
        True,
        "error InvalidKeyPair.NotFound",
        "U",
    ),
    Row(
        49,
        "ec2",
        "describe key pairs by a filter that is none",
        by_no_filter,
        BAD,
        NO_ANSWER,
        "EC",
    ),
    Row(4, "ec2", "describe key pairs by a tag", tagged_key, [True], [True], "M"),
    Row(5, "ec2", "delete a key pair", lambda lab: delete(lab, by_id=False), [], [], "M"),
    Row(
        5,
        "ec2",
        "delete a key pair that is not there",
        lambda lab: deleted(lab, KeyName="nope"),
        "deleted",
        "deleted",
        "U",
    ),
    Row(6, "ec2", "delete a key pair by its id", lambda lab: bool(delete(lab, by_id=True)), False, True, "M"),
    Row(0, "ec2", "delete a key pair, and say not which", deleted, "error MissingParameter", "deleted", "U"),
    Row(7, "ec2", "the kind of a key pair that goes without saying", kept_type, "rsa", "None", "U"),
    Row(
        8,
        "ec2",
        "import what is no key",
        lambda lab: imported(lab, b"garbage"),
        *["error InvalidKeyPair.Format"] * 2,
        "EC",
    ),
    Row(8, "ec2", "import a key", lambda lab: imported(lab, PUBLIC), "ed25519 True", "ed25519 True", "M"),
    Row(
        8,
        "ec2",
        "import a key twice",
        lambda lab: imported(lab, PUBLIC, 2),
        *["error InvalidKeyPair.Duplicate"] * 2,
        "EC",
    ),
    # --- tags ---------------------------------------------------------------------------------------------------------
    Row(
        68,
        "ec2",
        "tag an instance that is not there",
        lambda lab: tag(lab, f"i-{ABSENT}"),
        "error InvalidInstanceID.NotFound",
        GOOD,
        "Q",
    ),
    Row(
        68,
        "ec2",
        "tag a volume that is not there",
        lambda lab: tag(lab, f"vol-{ABSENT}"),
        *["error InvalidVolume.NotFound"] * 2,
        "EC",
    ),
    Row(
        68,
        "ec2",
        "tag an interface that is not there",
        lambda lab: tag(lab, f"eni-{ABSENT}"),
        "error InvalidNetworkInterfaceID.NotFound",
        GOOD,
        "EC",
    ),
    Row(
        68,
        "ec2",
        "tag what is there, and an instance that is not: none is",
        some_absent,
        ("InvalidInstanceID.NotFound", {}),
        ("tagged", {"a": "b"}),
        "Q",
    ),
    Row(68, "ec2", "tag one of each kind", all_kinds, GOOD, GOOD, "M"),
    Row(69, "ec2", 'tag "foo"', lambda lab: tag(lab, "foo"), "error InvalidID", "error InvalidID", "EC"),
    Row(70, "ec2", "a key of AWS's own", lambda lab: tag(lab, tags=one("aws:foo")), BAD, GOOD, "Q"),
    Row(70, "ec2", "a key of AWS's own, in capitals", lambda lab: tag(lab, tags=one("AWS:foo")), BAD, GOOD, "U"),
    Row(70, "ec2", "a key that begins like AWS's", lambda lab: tag(lab, tags=one("awsome")), GOOD, GOOD, "Q"),
    Row(71, "ec2", "a key of 129 characters", lambda lab: tag(lab, tags=one("k" * 129)), BAD, GOOD, "EC"),
    Row(71, "ec2", "a key of 128 characters", lambda lab: tag(lab, tags=one("é" * 128)), GOOD, GOOD, "M"),
    Row(71, "ec2", "a value of 257 characters", lambda lab: tag(lab, tags=one("a", "v" * 257)), BAD, GOOD, "EC"),
    Row(71, "ec2", "a value of 256 characters", lambda lab: tag(lab, tags=one("a", "é" * 256)), GOOD, GOOD, "M"),
    Row(71, "ec2", "an empty key", lambda lab: tag(lab, tags=one("")), BAD, GOOD, "EC"),
    Row(71, "ec2", "a key twice", lambda lab: tag(lab, tags=one("a") + one("a", "b")), BAD, GOOD, "EC"),
    Row(
        72,
        "ec2",
        "51 tags",
        lambda lab: tag(lab, tags=[t for n in range(51) for t in one(f"k{n}")]),
        *["error TagLimitExceeded"] * 2,
        "EC, M",
    ),
    Row(72, "ec2", "50 tags", lambda lab: tag(lab, tags=[t for n in range(50) for t in one(f"k{n}")]), GOOD, GOOD, "M"),
    Row(73, "ec2", "a tag without a value", without_value, {"noval": ""}, NO_ANSWER, "M"),
    Row(
        73,
        "ec2",
        "a tag without a value at the launch",
        lambda lab: at_launch(lab, [{"Key": "noval"}]),
        {"noval": ""},
        NO_ANSWER,
        "M",
    ),
    Row(0, "ec2", "a tag at the launch", lambda lab: at_launch(lab, one("a", "é")), {"a": "é"}, {"a": "é"}, "M"),
    Row(
        70, "ec2", "a key of AWS's own at the launch", lambda lab: at_launch(lab, one("aws:x")), BAD, {"aws:x": ""}, "Q"
    ),
    Row(0, "ec2", "tags of a volume at the launch", volume_tags, {"kind": "volume"}, {"kind": "volume"}, "M"),
    Row(74, "ec2", "tag a bogus at the launch", lambda lab: at_launch(lab, one("a"), "bogus"), BAD, {}, "U"),
    Row(74, "ec2", "tag a snapshot at the launch", lambda lab: at_launch(lab, one("a"), "snapshot"), BAD, {}, "U"),
    Row(71, "ec2", "a group with an empty key", lambda lab: group_with(lab, one("")), BAD, {"": ""}, "EC"),
    Row(0, "ec2", "a group with a tag", lambda lab: group_with(lab, one("a", "b")), {"a": "b"}, {"a": "b"}, "M"),
    Row(75, "ec2", "delete a tag with another value", lambda lab: untag(lab, *one("a", "c")), *[{"a": "b"}] * 2, "M"),
    Row(75, "ec2", "delete a tag without a value", lambda lab: untag(lab, {"Key": "a"}), {}, {}, "M"),
    Row(75, "ec2", "delete a tag with its value", lambda lab: untag(lab, *one("a", "b")), {}, {}, "M"),
    Row(257, "ec2", "describe_tags by key and value", lambda lab: found_by_key_and_value(lab) == 1, True, False, "M"),
    Row(75, "ec2", "delete all tags", untag, {}, {"a": "b"}, "M"),
]
