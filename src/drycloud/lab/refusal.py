"""Changes botocore as it is loaded: a guarded process sends only to the local cloud, and reads no files of an account.

Each change checks on use whether the process is guarded: VS Code enters a notebook's folder after the
kernel has started. In any other process botocore works as usual.
"""

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

from drycloud.cloud.clients.aws_command import understand_version_2
from drycloud.lab.guard import OutOfReach, is_guarded
from drycloud.lab.settings import ENDPOINT, NO_CLOUD, port_of

_NOTHING = "Nothing was sent to AWS."
_NO_SCENE = f"No practice cloud yet: run the scene cell first, then this again. {_NOTHING}"
_EARLIER = f"This client was made before the scene cell ran: make it again, below that cell. {_NOTHING}"
_ENDED = f"Your practice cloud has ended: run the scene cell again. {_NOTHING}"
_ELSEWHERE = (
    "This call would go to {}, which is not your practice cloud: make the client below the scene cell, without "
    f"endpoint_url. {_NOTHING}"
)
_PROFILE = "There is no profile {profile}: your own AWS account is out of reach here. Leave the profile out."


def patch(name: str, module: ModuleType) -> None:
    """Change one module of botocore or aiobotocore, once."""
    if not hasattr(module, "_drycloud"):
        module._drycloud = True  # type: ignore[attr-defined]
        _PATCHES[name](module)


def why_refused(url: str) -> str:
    """One line on why a request to `url` is not sent; empty if it goes to the local cloud."""
    endpoint = os.environ.get(ENDPOINT, "")
    if not port_of(endpoint):
        return _NO_SCENE
    if url.startswith((f"{endpoint}/", f"{endpoint}?")):
        return ""
    host = url.split("/")[2] if url.count("/") > 1 else url
    is_earlier = url.startswith(NO_CLOUD) or host.startswith("127.0.0.1:")
    return _EARLIER if is_earlier else _ELSEWHERE.format(host)


def _error(text: str) -> OutOfReach:
    """The exception, which is also one of botocore's: code that handles those handles it, and it is not retried."""
    base = sys.modules["botocore.exceptions"].BotoCoreError
    kind: Any = type("OutOfReach", (OutOfReach, base), {"fmt": "{text}", "__module__": OutOfReach.__module__})
    made: OutOfReach = kind(text=text)
    return made


def _check(url: str) -> None:
    if reason := why_refused(url):
        raise _error(reason)


def _patch_session(module: Any) -> None:
    """botocore's HTTP: nothing but the local cloud, never through a proxy."""
    session, gone = module.URLLib3Session, module.EndpointConnectionError
    session.send = _sending(session.send, gone)
    _go_straight(module.ProxyConfiguration)


def _sending(send: Callable[..., Any], gone: type[Exception]) -> Callable[..., Any]:
    @wraps(send)
    def checked(self: Any, request: Any) -> Any:
        if not is_guarded():
            return send(self, request)
        _check(request.url)
        try:
            return send(self, request)
        except gone:
            raise _error(_ENDED) from None

    return checked


def _go_straight(proxies: Any) -> None:
    ask = proxies.proxy_url_for
    proxies.proxy_url_for = wraps(ask)(lambda self, url: None if is_guarded() else ask(self, url))


def _patch_async(module: Any) -> None:
    """aiobotocore's HTTP, for each library that it uses."""
    for session in [kind for kind in vars(module).values() if isinstance(kind, type) and "send" in vars(kind)]:
        session.send = _sending_async(session.send)  # type: ignore[attr-defined]


def _sending_async(send: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(send)
    async def checked(self: Any, request: Any) -> Any:
        if is_guarded():
            _check(request.url)
        return await send(self, request)

    return checked


def _patch_configloader(module: Any) -> None:
    """Read an account's files as empty, even if a program removes our settings and reads the usual places."""
    parse = module.raw_config_parse

    @wraps(parse)
    def raw_config_parse(config_filename: str, *more: Any, **named: Any) -> Any:
        return {} if is_guarded() and _is_an_accounts(config_filename) else parse(config_filename, *more, **named)

    module.raw_config_parse = raw_config_parse


def _is_an_accounts(name: str) -> bool:
    path = Path(name).expanduser().absolute()
    usual = (Path.home() / ".aws", Path.home() / ".boto", Path("/etc/boto.cfg"))
    return any(path.is_relative_to(place) for place in usual)


def _patch_loaders(module: Any) -> None:
    """Load models of services from botocore and from us, not from ~/.aws/models."""
    make = module.Loader.__init__

    @wraps(make)
    def init(self: Any, *words: Any, **named: Any) -> None:
        if is_guarded():
            self.CUSTOMER_DATA_PATH = os.devnull
        make(self, *words, **named)

    module.Loader.__init__ = init


def _patch_new_sessions(module: Any) -> None:
    """A session reads its settings when it is made, so this is the last chance to set them."""
    make = module.Session.__init__

    @wraps(make)
    def init(self: Any, *words: Any, **named: Any) -> None:
        is_guarded()
        make(self, *words, **named)

    module.Session.__init__ = init


def _patch_exceptions(module: Any) -> None:
    """Explain to a user who requests a profile why there is none."""
    make = module.ProfileNotFound.__init__

    @wraps(make)
    def init(self: Any, **named: Any) -> None:
        if is_guarded():
            self.fmt = _PROFILE
            self._render_traceback_ = lambda: [str(self)]
        make(self, **named)

    module.ProfileNotFound.__init__ = init


def _patch_common_names(module: Any) -> None:
    """The AWS CLI would call SQS, RDS, EMR and three others at AWS, in spite of AWS_ENDPOINT_URL."""
    update = module.update_endpoint_url

    @wraps(update)
    def update_endpoint_url(*words: Any, **named: Any) -> None:
        if not is_guarded():
            update(*words, **named)

    module.update_endpoint_url = update_endpoint_url


def _patch_cli(module: Any) -> None:
    """`aws` understands commands for version 2, as in grading."""
    create = getattr(module, "create_clidriver", None)  # a student's own module may have this name
    if create is None:
        return

    @wraps(create)
    def create_clidriver() -> Any:
        if not is_guarded():
            return create()
        module.create_clidriver = create
        understand_version_2(module)
        return module.create_clidriver()

    module.create_clidriver = create_clidriver


_PATCHES: dict[str, Callable[[Any], None]] = {
    "botocore.configloader": _patch_configloader,
    "clidriver": _patch_cli,
    "botocore.exceptions": _patch_exceptions,
    "botocore.httpsession": _patch_session,
    "botocore.loaders": _patch_loaders,
    "botocore.session": _patch_new_sessions,
    "aiobotocore.httpsession": _patch_async,
    "aiobotocore.httpxsession": _patch_async,
    "customizations.overridesslcommonname": _patch_common_names,
}
