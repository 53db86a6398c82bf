"""The checksums of S3: CRCs, SHA-1 and SHA-256, in base64 as in requests."""

import base64
import binascii
import hashlib
from collections.abc import Callable
from functools import cache


def checksum(algorithm: str, data: bytes) -> str:
    """The checksum with that lower-case name ("crc32"), in base64; raises KeyError for an unknown name."""
    return base64.b64encode(_ALGORITHMS[algorithm](data)).decode()


def _reflected(polynomial: int, bits: int) -> Callable[[bytes], bytes]:
    """A CRC in which the lowest bit comes first, as botocore's and AWS's are."""

    def crc(data: bytes) -> bytes:
        table, full = _table(polynomial), (1 << bits) - 1
        value = full
        for byte in data:
            value = (value >> 8) ^ table[(value ^ byte) & 0xFF]
        return (value ^ full).to_bytes(bits // 8, "big")

    return crc


@cache
def _table(polynomial: int) -> list[int]:
    found = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (polynomial if value & 1 else 0)
        found.append(value)
    return found


_ALGORITHMS: dict[str, Callable[[bytes], bytes]] = {
    "crc32": lambda data: binascii.crc32(data).to_bytes(4, "big"),
    "crc32c": _reflected(0x82F63B78, 32),
    "crc64nvme": _reflected(0x9A6C9329AC4BC9B5, 64),
    "sha1": lambda data: hashlib.sha1(data, usedforsecurity=False).digest(),
    "sha256": lambda data: hashlib.sha256(data).digest(),
    "md5": lambda data: hashlib.md5(data, usedforsecurity=False).digest(),
}
ALGORITHMS = tuple(name for name in _ALGORITHMS if name != "md5")
SIZES = {"crc32": 4, "crc32c": 4, "crc64nvme": 8, "sha1": 20, "sha256": 32, "md5": 16}


def is_digest(algorithm: str, text: str) -> bool:
    """Whether a text is base64 of the right length."""
    try:
        return len(base64.b64decode(text, validate=True)) == SIZES[algorithm]
    except ValueError:
        return False
