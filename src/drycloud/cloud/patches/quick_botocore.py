"""botocore, quicker to start: what each session, moto's own too, works out anew is worked out once in a process.

botocore reads its data files with the standard library's JSON, which takes 0.15 s for EC2's model alone, looks into
400 folders of models up to three times for one AWS CLI command, and asks `inspect` about each of 400 handlers. A
command of the CLI in a warm process takes 0.10 s of processor time without this, 0.05 s with it. The module stands
alone: the sandbox runs its text too.
"""

import inspect
import re
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Any

import botocore.awsrequest
import botocore.client
import botocore.handlers
import botocore.hooks
import botocore.loaders
import botocore.model
import botocore.parsers
import botocore.useragent
import msgspec
from botocore.utils import parse_timestamp
from dateutil.tz import tzutc

_TEXTS: dict[str, bytes] = {}
_PARSED: dict[str, Any] = {}
_SERVICES: dict[tuple[str, ...], list[str]] = {}
_EVENTS: dict[str, str] = {}
_NEVER_DISCOVERED: set[str] = set()
_METHODS: dict[str, dict[str, Any]] = {}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HTTP_TIME = re.compile(rf"[A-Z][a-z]{{2}}, (\d\d) ({'|'.join(_MONTHS)}) (\d{{4}}) (\d\d):(\d\d):(\d\d) GMT")


@cache
def quicken_botocore(*, shared: bool = False) -> None:
    """Patch botocore, once in a process; `shared` as in read_models_once."""
    read_models_once(shared=shared)
    for change in CHANGES:
        change()


def read_models_once(*, shared: bool = False) -> None:
    """Read and parse each of botocore's data files once.

    `shared` lets sessions share S3's model, too. botocore changes it when it makes a client, so that is for a process
    in which nobody but clients reads models. There the documentation stays, which nobody reads elsewhere.
    """
    botocore.loaders.JSONFileLoader._load_file = _read_once(shared)


def list_services_once() -> None:
    """Look into the folders of models once."""
    botocore.loaders.Loader.list_available_services = _list_once(botocore.loaders.Loader.list_available_services)


def name_events_once() -> None:
    """Find the alias of each event once."""
    botocore.hooks.EventAliaser._alias_event_name = _name_once(botocore.hooks.EventAliaser._alias_event_name)


def look_at_the_code_of_handlers() -> None:
    """See by a handler's code which keywords it takes."""
    botocore.hooks.accepts_kwargs = _accepts_kwargs


def make_methods_once() -> None:
    """Make the methods of each service's clients once."""
    botocore.client.ClientCreator._create_methods = _make_once(botocore.client.ClientCreator._create_methods)


def discover_endpoints_once() -> None:
    """Ask once whether a service discovers its endpoints."""
    botocore.model.ServiceModel.endpoint_discovery_operation = _discovery_once()


def read_usual_times() -> None:
    """Read times in the usual forms of AWS without dateutil."""
    botocore.parsers.DEFAULT_TIMESTAMP_PARSER = _timestamp


def read_members_that_are_there() -> None:
    """Go through what there is of a structure in an answer, not through what there may be."""
    parser = botocore.parsers.BaseXMLResponseParser
    parser._handle_structure = _by_what_is_there(parser._handle_structure)


def look_for_headers() -> None:
    """Look whether an answer has a header, without an error where it has not."""
    botocore.awsrequest.HeadersDict.__contains__ = lambda self, key: botocore.awsrequest._HeaderKey(key) in self._dict


def upload_at_once() -> None:
    """Send an upload without asking whether it may be sent."""
    handlers = botocore.handlers.BUILTIN_HANDLERS
    handlers[:] = [each for each in handlers if each[1] is not botocore.handlers.add_expect_header]


def clean_agents_once() -> None:
    """Clean each part of a user agent's name once."""
    clean = botocore.useragent.sanitize_user_agent_string_component
    botocore.useragent.sanitize_user_agent_string_component = lru_cache(maxsize=1000)(clean)


CHANGES = (  # beside read_models_once; cloud/upstream.py says why each is there
    list_services_once,
    name_events_once,
    look_at_the_code_of_handlers,
    make_methods_once,
    discover_endpoints_once,
    read_usual_times,
    read_members_that_are_there,
    look_for_headers,
    upload_at_once,
    clean_agents_once,
)


def _read_once(shared: bool) -> Any:
    def load(_self: Any, path: str, open_file: Any) -> Any:
        is_model = "service-2" in path
        share = shared or not (is_model and "data/s3/" in path)
        if path in _PARSED:
            return _PARSED[path]
        if path not in _TEXTS:
            try:
                with open_file(path, "rb") as file:
                    _TEXTS[path] = file.read()
            except FileNotFoundError:
                return None
        parsed = msgspec.json.decode(_TEXTS[path])
        if is_model and not shared:
            _drop_documentation(parsed)
        if share:
            _PARSED[path] = parsed
            del _TEXTS[path]
        return parsed

    return load


def _drop_documentation(model: Any, name: str = "") -> None:
    """Half of a model's text; each fork of a process takes time for what the process holds.

    That of filters stays: nothing else in a model says which there are.
    """
    if isinstance(model, dict):
        if isinstance(model.get("documentation"), str) and name not in ("Filters", "Filter"):
            model["documentation"] = ""
        for name, value in model.items():
            _drop_documentation(value, name)
    elif isinstance(model, list):
        for value in model:
            _drop_documentation(value)


def _list_once(list_services: Any) -> Any:
    def list_available_services(self: Any, type_name: str) -> list[str]:
        about = (type_name, *self.search_paths)
        if about not in _SERVICES:
            _SERVICES[about] = list_services(self, type_name)
        return list(_SERVICES[about])

    return list_available_services


def _name_once(alias: Any) -> Any:
    """The aliases are botocore's one table, whichever aliaser asks."""

    def alias_event_name(self: Any, event_name: str) -> str:
        if event_name not in _EVENTS:
            _EVENTS[event_name] = alias(self, event_name)
        return _EVENTS[event_name]

    return alias_event_name


def _make_once(create_methods: Any) -> Any:
    """The methods of a client, 800 for EC2, know nothing but their operations' names."""

    def create(self: Any, service_model: Any) -> dict[str, Any]:
        name = service_model.service_name
        if name not in _METHODS:
            _METHODS[name] = create_methods(self, service_model)
        return dict(_METHODS[name])

    return create


def _discovery_once() -> Any:
    """Whether a service's endpoints are discovered by an operation of its own is asked of all its operations."""
    found = vars(botocore.model.ServiceModel)["endpoint_discovery_operation"]

    def endpoint_discovery_operation(self: Any) -> Any:
        if self.service_name in _NEVER_DISCOVERED:
            return None
        operation = found.__get__(self, type(self))
        if operation is None:
            _NEVER_DISCOVERED.add(self.service_name)
        return operation

    return property(endpoint_discovery_operation)


def _accepts_kwargs(handler: Any) -> bool:
    """Whether a handler takes any keyword; its code says so without a whole signature."""
    called = handler
    while isinstance(called, partial):
        called = called.func
    if not isinstance(called, type) and not hasattr(called, "__code__") and not hasattr(called, "__func__"):
        called = type(called).__call__  # an object that is called as a function
    code = getattr(getattr(called, "__func__", called), "__code__", None)
    if code is None:
        return inspect.getfullargspec(handler)[2] is not None
    return bool(code.co_flags & inspect.CO_VARKEYWORDS)


def _by_what_is_there(handle: Any) -> Any:
    """Of the members of a structure, sixty for an instance, those are read that are there; others are not sought."""

    def members_of(self: Any, shape: Any) -> dict[str, tuple[int, str, Any]]:
        """Number, name and shape of each member by its element's name; nothing where a structure is of another kind."""
        members = shape.members.items()
        places = ("location", "eventheader", "xmlAttribute")
        if shape.metadata.get("exception") or shape.is_tagged_union:
            return {}
        if any(place in member.serialization for _, member in members for place in places):
            return {}
        found = {self._member_key_name(m, name): (number, name, m) for number, (name, m) in enumerate(members)}
        return found if len(found) == len(members) else {}

    def handle_structure(self: Any, shape: Any, node: Any) -> Any:
        known = shape.__dict__
        if "_quick_members" not in known:
            known["_quick_members"] = members_of(self, shape)
        members = known["_quick_members"]
        if not members or isinstance(node, list):
            return handle(self, shape, node)
        there = {child.tag.rpartition("}")[2]: child for child in node}
        if len(there) < len(node):  # elements of one name are a list
            return handle(self, shape, node)
        wanted = sorted((members[tag], child) for tag, child in there.items() if tag in members)
        return {name: self._parse_shape(member, child) for (_, name, member), child in wanted}

    return handle_structure


def _timestamp(text: Any) -> datetime:
    """The usual forms of AWS's times; botocore's own parser, which asks dateutil, knows the others."""
    if isinstance(text, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})?Z", text):
        return datetime.fromisoformat(text[:-1]).replace(tzinfo=tzutc())
    found = isinstance(text, str) and _HTTP_TIME.fullmatch(text)
    if found:
        day, month, year, hour, minute, second = found.groups()
        date = int(year), _MONTHS.index(month) + 1, int(day)
        return datetime(*date, int(hour), int(minute), int(second), tzinfo=tzutc())
    parsed: datetime = parse_timestamp(text)
    return parsed
