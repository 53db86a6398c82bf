"""Key pairs."""

from base64 import b64decode
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.registry import before

_TYPES, _FORMATS = ("rsa", "ed25519"), ("pem", "ppk")
_LONGEST_NAME = 255


@before("ec2", "CreateKeyPair", "ImportKeyPair")
def key_name_is_valid(request: AwsRequest) -> None:
    """moto accepts any name, even an empty one (2)."""
    name = request.form.get("KeyName", "")
    if not name:
        raise AwsError("MissingParameter", "The request must contain the parameter KeyName")
    if len(name) > _LONGEST_NAME or not name.isascii() or not name.isprintable():
        words = f"Value ({name}) for parameter KeyName is invalid. Use up to {_LONGEST_NAME} characters of ASCII."
        raise AwsError("InvalidParameterValue", words)


@before("ec2", "CreateKeyPair")
def key_type_is_valid(request: AwsRequest) -> None:
    """moto always makes an RSA key in PEM (2); it forgets the default type (7)."""
    for field, known in (("KeyType", _TYPES), ("KeyFormat", _FORMATS)):
        value = request.form.setdefault(field, known[0])
        if value not in known:
            words = f"Value ({value}) for parameter {field} is invalid. It is one of: {', '.join(known)}."
            raise AwsError("InvalidParameterValue", words)
    if request.form["KeyFormat"] == "ppk":
        raise AwsError("NotImplemented", "This simulator makes no keys in PuTTY's format (ppk). AWS does.", 501)


@before("ec2", "ImportKeyPair")
def imported_key_is_public(request: AwsRequest) -> None:
    """moto fails on a key in PEM, a private key, and a byte order mark (330)."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from moto.ec2.utils import public_key_parse

    try:
        public_key_parse(b64decode(request.form.get("PublicKeyMaterial", ""), validate=True))
    except (UnsupportedAlgorithm, ValueError, IndexError):
        raise AwsError("InvalidKeyPair.Format", "Key is not in valid OpenSSH public key format") from None


@before("ec2", "DescribeKeyPairs")
def described_key_pairs_exist(request: AwsRequest) -> None:
    """moto ignores ids, and its message contains a Python set (3, 4)."""
    names = [_by_name(request, name).key_name for name in request.values("KeyName")]
    names += [_by_id(request, id).key_name for id in request.values("KeyPairId")]
    for field in [field for field in request.form if field.startswith(("KeyName.", "KeyPairId."))]:
        del request.form[field]
    request.form |= {f"KeyName.{n}": name for n, name in enumerate(dict.fromkeys(names), 1)}


@before("ec2", "DeleteKeyPair")
def key_pair_to_delete_is_named(request: AwsRequest) -> None:
    """By name or id: moto reports success for an id, and deletes nothing (6)."""
    name, id = request.form.get("KeyName", ""), request.form.get("KeyPairId", "")
    if not name and not id:
        raise AwsError("MissingParameter", "The request must contain the parameter KeyName or KeyPairId")
    if id:
        found = _by_id(request, id)
        if name and name != found.key_name:
            raise AwsError("InvalidParameterValue", f"The key pair '{id}' is not called '{name}'")
        request.form["KeyName"] = found.key_name


def _by_name(request: AwsRequest, name: str) -> Any:
    if name not in request.ec2.key_pairs:
        raise AwsError("InvalidKeyPair.NotFound", f"The key pair '{name}' does not exist")
    return request.ec2.key_pairs[name]


def _by_id(request: AwsRequest, id: str) -> Any:
    found = next((pair for pair in request.ec2.key_pairs.values() if pair.id == id), None)
    if found is None:
        raise AwsError("InvalidKeyPair.NotFound", f"The key pair '{id}' does not exist")
    return found
