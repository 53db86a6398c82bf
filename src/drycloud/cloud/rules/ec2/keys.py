"""Key pairs."""

from base64 import b64decode
from typing import Any

from drycloud.cloud.request.ask import Ask, AwsError
from drycloud.cloud.rules.registry import before

_TYPES, _FORMATS = ("rsa", "ed25519"), ("pem", "ppk")
_LONGEST_NAME = 255


@before("ec2", "CreateKeyPair", "ImportKeyPair")
def name_of_a_key_is_one(ask: Ask) -> None:
    """moto accepts any name, even an empty one (2)."""
    name = ask.form.get("KeyName", "")
    if not name:
        raise AwsError("MissingParameter", "The request must contain the parameter KeyName")
    if len(name) > _LONGEST_NAME or not name.isascii() or not name.isprintable():
        words = f"Value ({name}) for parameter KeyName is invalid. Use up to {_LONGEST_NAME} characters of ASCII."
        raise AwsError("InvalidParameterValue", words)


@before("ec2", "CreateKeyPair")
def key_is_of_a_kind_that_there_is(ask: Ask) -> None:
    """moto always makes an RSA key in PEM (2); it forgets the default type (7)."""
    for field, known in (("KeyType", _TYPES), ("KeyFormat", _FORMATS)):
        value = ask.form.setdefault(field, known[0])
        if value not in known:
            words = f"Value ({value}) for parameter {field} is invalid. It is one of: {', '.join(known)}."
            raise AwsError("InvalidParameterValue", words)
    if ask.form["KeyFormat"] == "ppk":
        raise AwsError("NotImplemented", "This simulator makes no keys in PuTTY's format (ppk). AWS does.", 501)


@before("ec2", "ImportKeyPair")
def imported_key_is_a_public_one(ask: Ask) -> None:
    """moto fails on a key in PEM, a private key, and a byte order mark (330)."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from moto.ec2.utils import public_key_parse

    try:
        public_key_parse(b64decode(ask.form.get("PublicKeyMaterial", ""), validate=True))
    except (UnsupportedAlgorithm, ValueError, IndexError):
        raise AwsError("InvalidKeyPair.Format", "Key is not in valid OpenSSH public key format") from None


@before("ec2", "DescribeKeyPairs")
def key_pairs_looked_for_exist(ask: Ask) -> None:
    """moto ignores ids, and its message contains a Python set (3, 4)."""
    names = [_by_name(ask, name).key_name for name in ask.values("KeyName")]
    names += [_by_id(ask, id).key_name for id in ask.values("KeyPairId")]
    for field in [field for field in ask.form if field.startswith(("KeyName.", "KeyPairId."))]:
        del ask.form[field]
    ask.form |= {f"KeyName.{n}": name for n, name in enumerate(dict.fromkeys(names), 1)}


@before("ec2", "DeleteKeyPair")
def key_pair_to_delete_is_named(ask: Ask) -> None:
    """By name or id: moto reports success for an id, and deletes nothing (6)."""
    name, id = ask.form.get("KeyName", ""), ask.form.get("KeyPairId", "")
    if not name and not id:
        raise AwsError("MissingParameter", "The request must contain the parameter KeyName or KeyPairId")
    if id:
        found = _by_id(ask, id)
        if name and name != found.key_name:
            raise AwsError("InvalidParameterValue", f"The key pair '{id}' is not called '{name}'")
        ask.form["KeyName"] = found.key_name


def _by_name(ask: Ask, name: str) -> Any:
    if name not in ask.ec2.key_pairs:
        raise AwsError("InvalidKeyPair.NotFound", f"The key pair '{name}' does not exist")
    return ask.ec2.key_pairs[name]


def _by_id(ask: Ask, id: str) -> Any:
    found = next((pair for pair in ask.ec2.key_pairs.values() if pair.id == id), None)
    if found is None:
        raise AwsError("InvalidKeyPair.NotFound", f"The key pair '{id}' does not exist")
    return found
