"""Hidden checks of 02_ec2/key_pair: whether the file's private key opens what the pair's public key locks."""

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

MOST_BITS = 4096  # of RSA, as AWS takes it
EXCHANGE = (bytes.fromhex("2a864886f70d010301"), bytes.fromhex("2a8648ce3e0201"))  # the names of its two forms in DER
LONGEST = 8 * 1024  # bytes: the longest key that AWS takes has 3 KiB
BEGIN, END = (f"-----{word} OPENSSH PRIVATE KEY-----\n".encode() for word in ("BEGIN", "END"))
# In the other forms ssh, unlike the library that reads the key below, wants the first and the last line on their own.
PEM = re.compile(rb"^-----BEGIN [A-Z ]*PRIVATE KEY-----\s*\n(\S.*\n)+-----END [A-Z ]*PRIVATE KEY-----", re.MULTILINE)


def new_pair(before, after, given):
    """The key pair of the given name that the student's code made in the home region, or None."""
    new = [after[id] for id in after.new_since(before, "KeyPair") if after[id].region == "us-east-1"]
    return next((pair for pair in new if pair.name == given.key_name), None)


def public_half(data):
    """The public key, in OpenSSH's form, of a private key; '' for one with a passphrase, None for what is no key."""
    load, data = load_ssh_private_key if BEGIN.strip() in data else load_pem_private_key, data[:LONGEST]
    try:
        if is_for_exchange(data):
            return None
        key = load(data, password=None, unsafe_skip_rsa_key_validation=True)
        if isinstance(key, RSAPrivateKey):
            numbers = key.private_numbers()
            if key.key_size > MOST_BITS or numbers.p * numbers.q != numbers.public_numbers.n:
                return None
            load(data, password=None)  # looks whether the factors are primes: minutes, for ten thousand bits
        return key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    except TypeError:
        return ""
    except (ValueError, UnsupportedAlgorithm, InternalError):
        return None


def is_for_exchange(data):
    """Whether it is a Diffie-Hellman key, which opens nothing, and whose numbers are looked at for as long."""
    body = data.partition(b"-----BEGIN PRIVATE KEY-----")[2].partition(b"-----END")[0]
    try:
        return any(word in base64.b64decode(b"".join(body.split()) + b"===") for word in EXCHANGE)
    except ValueError:
        return False


def ssh_reads(data):
    """Whether a key that is whole is also laid out in the lines that ssh wants."""
    if BEGIN.strip() in data:
        return data.startswith(BEGIN) and b"\n" + END in data
    return bool(PEM.search(data[:LONGEST]))  # the pattern goes back: its time grows with the square of the length


@check(points=1)
def test_the_pair_is_new(before, after, given):
    """The key pair was made by your code, in your region."""
    assert new_pair(before, after, given), (
        f"In the region us-east-1 there is no key pair {given.key_name!r} that your code made. To save a key in a file "
        "is not enough: AWS has to have its public half."
    )


@check(points=1, needs=test_the_pair_is_new)
def test_nothing_else_changed(before, after, files, files_before):
    """The other key pairs, and the files that were there, are as they were."""
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed what was there before: {changes[0]} (in all: {len(changes)}). Nobody gets the private key "
        "of a deleted pair back, and no new machine can be launched with it."
    )
    left = after.costs_since(before)
    assert not left, f"Your code left something behind that costs money: {left[0]} (in all: {len(left)})."
    if not files_before:
        raise LookupError("the scene left no file to compare")
    altered = [name for name, file in files_before.items() if name not in files or files[name].data != file.data]
    assert not altered, f"The file {altered[0]!r} is not as it was. It is a colleague's private key."


def there(files, given):
    """The file, which has to be there."""
    assert given.key_file in files, (
        f"In your working directory there is no file {given.key_file!r} that can be read. If you set its permissions: "
        "did the owner keep the right to read it?"
    )
    return files[given.key_file]


@check(points=2)
def test_the_file_is_for_its_owner_alone(files, given):
    """Nobody but its owner may read or write the file with the private key."""
    file = there(files, given)
    is_key = b"KEY-----" in file.data or file.data.startswith(b"ssh-")  # which of the two another check says
    assert is_key, "There is no key in the file yet that had to be kept from others."
    assert not file.mode & 0o077, (
        f"The file has the permissions {file.mode & 0o777:03o}, so that others than its owner can use it, and ssh "
        "refuses it. Did your code set them, and is the number written with 0o?"
    )


@check(points=2, needs=test_the_pair_is_new)
def test_the_private_key_belongs_to_the_pair(before, after, given, files):
    """The private key in the file is the one of this key pair, and ssh could read it."""
    data = there(files, given).data
    public = public_half(data)
    assert public is not None, "What is in the file is not a whole private key. Compare it with what AWS answered."
    assert public, "The private key has a passphrase. Save one without."
    assert public == new_pair(before, after, given).public_key, (
        f"The private key in the file does not belong to the key pair {given.key_name!r}: it would not open a machine "
        "that was launched with it. Where does the text in the file come from?"
    )
    assert ssh_reads(data), (
        "It is the right key, but ssh cannot read the file: a line break is missing or another one, or there is "
        "something before the first line. Save the text exactly as you got it."
    )
