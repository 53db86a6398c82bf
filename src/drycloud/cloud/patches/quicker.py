"""moto's answers, quicker: what it looks up anew for each request is looked up once. No answer changes.

Measured on the scene of 02_ec2/terminate, 28 EC2 calls in 48 ms of processor time with all of this, on a machine that
does nothing else. Without one of them it takes so many ms more: methods listed once 14, answers written at once 9, tags
found by their resource 3, requests parsed by what is there 2, ids drawn at once 0. A graded step has two scenes and two
runs, 550 ms in a class of eight: tags and requests save about a hundredth of it each. Ids come from the draw, so that
taking it out would give every report other ids.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from sys import intern
from typing import Any

import msgspec
from msgspec import Struct

from drycloud.cloud.moto.engine import REGIONS
from drycloud.cloud.patches.answers import error_written_at_once, written_at_once
from drycloud.patching import Patch

_OFFERS = "resources/instance_type_offerings"


def _list_methods_once() -> None:
    from moto.core import responses
    from moto.core.utils import method_names_from_class

    responses.method_names_from_class = cache(method_names_from_class)


def _find_tags_by_their_resource() -> None:
    from moto.ec2.models.core import TaggedEC2Resource

    TaggedEC2Resource.get_tags = _tags_of


def _draw_ids_at_once() -> None:
    from moto.ec2 import utils

    utils.random_resource_id = _drawn_at_once


def _parse_what_is_there() -> None:
    from moto.core.parse import EC2QueryParser

    EC2QueryParser._do_parse = _parsed_from_a_dict
    EC2QueryParser._parse_structure = _members_that_are_there


def _write_answers_at_once() -> None:
    from moto.core.serialize import EC2Serializer

    EC2Serializer._serialize_result = written_at_once(EC2Serializer._serialize_result)
    EC2Serializer._serialize_body = error_written_at_once(EC2Serializer._serialize_body)


def _read_offers_when_asked() -> None:
    from moto.utilities import utils

    load = utils.load_resource
    utils.load_resource = lambda path: [] if _OFFERS in path else load(path)
    try:
        from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS as ALL
    finally:
        utils.load_resource = load
    for kind, regions in ALL.items():
        if not any(regions.values()):  # else moto has read them already
            ALL[kind] = _Offers(kind, regions)
            for region in REGIONS if kind != "availability-zone-id" else []:
                ALL[kind].read(region)


class _Offer(Struct):
    InstanceType: str
    Location: str


class _Offers(dict[str, Any]):
    """The offers of a kind by region, of which each is read when it is asked for, and kept as pairs of names."""

    def __init__(self, kind: str, regions: Iterable[str]):
        super().__init__()
        self._kind, self._regions = kind, frozenset(regions)
        self._read: dict[str, list[tuple[str, str]]] = {}

    def read(self, region: str) -> list[tuple[str, str]]:
        """Each type with the place where it is offered."""
        if region not in self._read:
            file = files("moto") / "ec2" / _OFFERS / self._kind / f"{region}.json.gz"
            found = msgspec.json.decode(gzip.decompress(file.read_bytes()), type=list[_Offer])
            self._read[region] = [(intern(offer.InstanceType), intern(offer.Location)) for offer in found]
            # RunInstances goes through them, 900, until it meets the type that is wanted: one of t3, mostly.
            self._read[region].sort(key=lambda pair: not pair[0].startswith("t3"))
        return self._read[region]

    def __missing__(self, region: str) -> Any:
        if region not in self._regions:
            raise KeyError(region)
        self[region] = [
            {"InstanceType": kind, "Location": place, "LocationType": self._kind} for kind, place in self.read(region)
        ]
        return self[region]

    def __contains__(self, region: object) -> bool:
        return region in self._regions

    def get(self, region: str, default: Any = None) -> Any:
        """A region's offers."""
        return self[region] if region in self._regions else default


def _tags_of(self: Any) -> list[dict[str, str]]:
    from moto.ec2.utils import EC2_PREFIX_TO_RESOURCE, get_prefix

    kind = EC2_PREFIX_TO_RESOURCE.get(get_prefix(self.id), "")
    tags = self.ec2_backend.tags.get(self.id, {})
    return [{"resource_id": self.id, "key": k, "value": v, "resource_type": kind} for k, v in tags.items()]


def _drawn_at_once(size: int = 8) -> str:
    from moto.moto_api._internal import mock_random

    return f"{mock_random.getrandbits(4 * size):0{size}x}"


# --- the fields of a request ------------------------------------------------------------------------------------------


def _parsed_from_a_dict(self: Any, request: dict[str, Any], shape: Any) -> Any:
    """As moto's _do_parse; notes all that names of fields begin with: "Filter.1.Name" with "Filter" and "Filter.1"."""
    from moto.core.parse import UNDEFINED

    values = dict(request["values"].items())
    self._there = {name[:end] for name in values for end in _ends(name)}
    parsed = self._parse_shape(shape, values)
    return {} if parsed is UNDEFINED else parsed


def _ends(name: str) -> Iterator[int]:
    end = -1
    while (end := name.find(".", end + 1)) >= 0:
        yield end
    yield len(name)


def _members_that_are_there(self: Any, shape: Any, values: dict[str, str], prefix: str = "") -> Any:
    from moto.core.parse import UNDEFINED

    parsed = self.MAP_TYPE()
    for name, member in shape.members.items():
        field = self._get_serialized_name(member, name)
        if prefix:
            field = f"{prefix}.{field}"
        if field in self._there:
            value = self._parse_shape(member, values, field)
            if value is not UNDEFINED:
                parsed[self._parsed_key_name(name)] = value
    return parsed if parsed != {} else UNDEFINED


def _quicker(change: Callable[[], None], reason: str, version: str) -> Patch:
    return Patch(change, reason, version, shown_by="test_quicker.py::test_no_answer_changes", only_saves_time=True)


PATCHES = (
    _quicker(
        _read_offers_when_asked,
        "moto reads the types that are offered in each zone of each region, 45 MB, when it is imported.",
        "5.2.5",
    ),
    _quicker(_list_methods_once, "moto lists all methods of a service's class for every request.", "5.2.5"),
    _quicker(
        _find_tags_by_their_resource,
        "moto seeks a resource's own tags by a regular expression among those of all resources.",
        "5.2.5",
    ),
    _quicker(_draw_ids_at_once, "moto draws an id digit by digit, each in eight steps.", "5.2.5"),
    _quicker(
        _parse_what_is_there,
        "moto seeks each field that a request may have, however deep, among all fields that it has.",
        "5.2.5",
    ),
    _quicker(
        _write_answers_at_once,
        "moto makes a dict of each answer of EC2's first, by its shapes, and then XML, by SAX events.",
        "5.2.5",
    ),
)
