"""botocore, quicker to start: what each session, moto's own too, works out anew is worked out once in a process.

Of a command of the AWS CLI in a warm process, 27 ms of processor time with all of this, each saves so much: models that
are read once 150 ms, services listed once 44, names of events 11, methods and handlers 5 each. Changes that saved less
than a fiftieth of a graded step were tried and taken out. The module stands alone: the sandbox runs its text too.
"""

import inspect
from functools import cache, partial
from typing import Any

import botocore.client
import botocore.handlers
import botocore.hooks
import botocore.loaders
import msgspec

_TEXTS: dict[str, bytes] = {}
_PARSED: dict[str, Any] = {}
_SERVICES: dict[tuple[str, ...], list[str]] = {}
_EVENTS: dict[str, str] = {}
_METHODS: dict[str, dict[str, Any]] = {}


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


def upload_at_once() -> None:
    """Send an upload without asking whether it may be sent."""
    handlers = botocore.handlers.BUILTIN_HANDLERS
    handlers[:] = [each for each in handlers if each[1] is not botocore.handlers.add_expect_header]


CHANGES = (  # beside read_models_once; cloud/upstream.py says why each is there
    list_services_once,
    name_events_once,
    look_at_the_code_of_handlers,
    make_methods_once,
    upload_at_once,
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
