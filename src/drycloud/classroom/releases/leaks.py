"""Looks for secrets in a release's files: in texts, notebooks, encoded attachments, archives in archives."""

import base64
import binascii
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drycloud.classroom.releases.secrets import Secret, squeezed
from drycloud.errors import LeakError
from drycloud.report import Frozen

MAX_DEPTH = 6
_BASE64 = re.compile(r"[A-Za-z0-9+/_\-\s]{16,}={0,2}\s*")


class Leak(Frozen, frozen=True):
    """A secret, and the file of the release that contains it."""

    where: str
    secret: Secret


def find_leaks(paths: list[Path], secrets: list[Secret]) -> list[Leak]:
    """The secrets in these files and below these folders, each file's in order."""
    found = []
    for path in _files(paths):
        for name, text in _texts(path.read_bytes(), path.name, 0):
            squeezed_text = squeezed(text)
            # The engine is not a text of the course: a few words in common with it are a coincidence.
            hits = [s for s in secrets if s.needle in squeezed_text and (s.is_unmistakable or ".whl" not in name)]
            found += [Leak(name, secret) for secret in hits]
    return found


def refuse_leaks(paths: list[Path], secrets: list[Secret]) -> None:
    """Raises LeakError, naming the first leak and the number of others."""
    leaks = find_leaks(paths, secrets)
    if leaks:
        first = leaks[0]
        more = f" (and {len(leaks) - 1} more)" if len(leaks) > 1 else ""
        what = f"gives away {first.secret.shown[:80]!r}, which is in {first.secret.where}{more}"
        raise LeakError(what, where=first.where, hint="take it out of the exercise, then release again")


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]


def _texts(data: bytes, name: str, depth: int) -> Iterator[tuple[str, str]]:
    """Every text in the data, with the name of the member that contains it."""
    yield name, name
    if depth > MAX_DEPTH:
        raise LeakError("archives in archives, too deep to search", where=name, hint="unpack them")
    if data[:4] == b"PK\x03\x04":
        yield from _members(data, name, depth)
    elif data[:2] == b"\x1f\x8b":
        yield from _unpacked(data, name, depth)
    else:
        text = data.decode("utf-8", "replace")
        yield name, text
        yield from _in_json(text, name, depth)


def _members(data: bytes, name: str, depth: int) -> Iterator[tuple[str, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield from _texts(archive.read(member), f"{name}:{member.filename}", depth + 1)
    except (zipfile.BadZipFile, RuntimeError, zlib.error) as error:
        raise LeakError(f"an archive that cannot be searched: {error}", where=name) from None


def _unpacked(data: bytes, name: str, depth: int) -> Iterator[tuple[str, str]]:
    try:
        yield from _texts(gzip.decompress(data), name, depth + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise LeakError(f"an archive that cannot be searched: {error}", where=name) from None


def _in_json(text: str, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if not text.lstrip().startswith(("{", "[")):
        return
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return
    for string in _strings(tree):
        yield name, string
        yield from _in_base64(string, name, depth)
        yield from _in_json(string, name, depth + 1)


def _in_base64(string: str, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if not _BASE64.fullmatch(string):
        return
    try:
        data = base64.b64decode("".join(string.split()).replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        return
    yield from _texts(data, name, depth + 1)


def _strings(tree: Any) -> Iterator[str]:
    """Every string in a JSON tree; a list of strings (a notebook's lines) also joined to one text."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from _strings(value)
    elif isinstance(tree, list):
        if tree and all(isinstance(item, str) for item in tree):
            yield "".join(tree)
        for item in tree:
            yield from _strings(item)
