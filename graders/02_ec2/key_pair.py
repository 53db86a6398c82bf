"""Hidden checks of 02_ec2/key_pair: whether the private key in the file belongs to the key pair's public key."""

import base64
import re

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_ssh_private_key,
)

from drycloud import check

MOST_BITS = 4096  # the longest RSA key that AWS accepts
EXCHANGE = (
    bytes.fromhex("2a864886f70d010301"),
    bytes.fromhex("2a8648ce3e0201"),
)  # its two names in DER
LONGEST = 8 * 1024  # bytes: the longest key that AWS accepts has 3 KiB
BEGIN, END = (f"-----{word} OPENSSH PRIVATE KEY-----\n".encode() for word in ("BEGIN", "END"))
# In the other formats ssh, unlike the library that reads the key below, requires the first and last line on their own.
PEM = re.compile(rb"^-----BEGIN [A-Z ]*PRIVATE KEY-----\s*\n(\S.*\n)+-----END [A-Z ]*PRIVATE KEY-----", re.MULTILINE)


def new_pair(before, after, given):
    """The key pair with the given name that the student's code created in the home Region, or None."""
    new = [after[id] for id in after.new_since(before, "KeyPair") if after[id].region == "us-east-1"]
    return next((pair for pair in new if pair.name == given.key_name), None)


def public_half(data):
    """The public key of a private key, in OpenSSH's format; '' if it has a passphrase, None if it is not a key."""
    load, data = load_ssh_private_key if BEGIN.strip() in data else load_pem_private_key, data[:LONGEST]
    try:
        if is_for_exchange(data):
            return None
        key = load(data, password=None, unsafe_skip_rsa_key_validation=True)
        if isinstance(key, RSAPrivateKey):
            numbers = key.private_numbers()
            if key.key_size > MOST_BITS or numbers.p * numbers.q != numbers.public_numbers.n:
                return None
            load(data, password=None)  # checks that the factors are primes, which takes minutes for ten thousand bits
        return key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    except TypeError:
        return ""
    except (ValueError, UnsupportedAlgorithm, InternalError):
        return None


def is_for_exchange(data):
    """Whether it is a Diffie-Hellman key: ssh cannot use it, and the check of its numbers takes as long."""
    body = data.partition(b"-----BEGIN PRIVATE KEY-----")[2].partition(b"-----END")[0]
    try:
        return any(word in base64.b64decode(b"".join(body.split()) + b"===") for word in EXCHANGE)
    except ValueError:
        return False


def ssh_reads(data):
    """Whether a complete key also has the line breaks that ssh requires."""
    if BEGIN.strip() in data:
        return data.startswith(BEGIN) and b"\n" + END in data
    return bool(PEM.search(data[:LONGEST]))  # the pattern backtracks: its time grows with the square of the length


@check(points=1)
def test_the_pair_is_new(before, after, given):
    """Your code created the key pair, in your Region."""
    assert new_pair(before, after, given), (
        f"In the Region us-east-1 there is no key pair {given.key_name!r} that your code created. It is not enough to "
        "save a key in a file: AWS must have the public key."
    )


@check(points=1, needs=test_the_pair_is_new)
def test_nothing_else_changed(before, after, files, files_before):
    """The other key pairs, and the files that were already there, have not changed."""
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed something that was there before: {changes[0]} (in total: {len(changes)}). When a key "
        "pair is deleted, AWS cannot bring it back, and nobody can launch a new instance with it."
    )
    left = after.costs_since(before)
    assert not left, f"Your code left something behind that costs money: {left[0]} (in total: {len(left)})."
    if not files_before:
        raise LookupError("the scene left no file to compare")
    altered = [name for name, file in files_before.items() if name not in files or files[name].data != file.data]
    assert not altered, f"The file {altered[0]!r} has changed or is gone. It is a colleague's private key."


def there(files, given):
    """The file, which must exist."""
    assert given.key_file in files, (
        f"In your working directory there is no file {given.key_file!r} that can be read. If you set its permissions: "
        "may the owner still read it?"
    )
    return files[given.key_file]


@check(points=2)
def test_the_file_is_for_its_owner_alone(files, given):
    """Only its owner may read or write the file with the private key."""
    file = there(files, given)
    is_key = b"KEY-----" in file.data or file.data.startswith(b"ssh-")  # another check says which key it is
    assert is_key, "The file does not contain a key yet."
    assert not file.mode & 0o077, (
        f"The file has the permissions {file.mode & 0o777:03o}, so other people than its owner can use it, and ssh "
        "does not accept it. Did your code set the permissions, and does the number begin with 0o?"
    )


@check(points=2, needs=test_the_pair_is_new)
def test_the_private_key_belongs_to_the_pair(before, after, given, files):
    """The private key in the file belongs to this key pair, and ssh can read it."""
    data = there(files, given).data
    public = public_half(data)
    assert public is not None, "The file does not contain a complete private key. Compare it with the response of AWS."
    assert public, "The private key has a passphrase. Save a private key without a passphrase."
    assert public == new_pair(before, after, given).public_key, (
        f"The private key in the file does not belong to the key pair {given.key_name!r}: you could not log in "
        "to an instance that was launched with this key pair. Where does the text in the file come from?"
    )
    assert ssh_reads(data), (
        "It is the right key, but ssh cannot read the file: a line break is missing or different, or there is "
        "something before the first line. Save the text exactly as you got it."
    )
