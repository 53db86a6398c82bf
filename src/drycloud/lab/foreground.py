"""`drycloud cloud`: a simulated cloud in the foreground, for shells and programs that are configured for it by hand."""

import math
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.meter import Bounds
from drycloud.cloud.http.serve import Endpoint
from drycloud.cloud.state.states import set_transition_seconds
from drycloud.cloud.warm import warm_up
from drycloud.errors import UsageError
from drycloud.lab.dialects import assignments
from drycloud.lab.localcloud import SERVICES
from drycloud.lab.settings import apply, changes, environment
from drycloud.lab.worlds import Registration, World
from drycloud.limits import Limits

_USUAL = ("AWS_DEFAULT_PROFILE", "AWS_PROFILE", "AWS_SESSION_TOKEN")  # a shell may have them even if Python does not
_LOOK = 0.5  # seconds between two checks for a signal: on Windows an endless wait cannot be interrupted


def serve_forever(port: int | None, dialect: str) -> None:
    """Serve a local cloud until Ctrl-C or SIGTERM, after printing what to paste into a shell of this dialect.

    It accepts any number of requests of any size, unlike the cloud of a notebook or of graded work.
    Raises UsageError if the port is in use.
    """
    try:
        listener = socket.create_server(("127.0.0.1", port or 0))
    except OSError as error:
        raise UsageError(
            f"port {port}: {error.strerror}", hint="choose another, or none for any that is free"
        ) from None
    away, ours = changes(dict(os.environ), environment(listener.getsockname()[1]))
    apply(os.environ, environment(0))
    warm_up(SERVICES)
    set_transition_seconds(Limits().state_seconds)
    cloud = Cloud(SERVICES, Bounds(math.inf), max_body=sys.maxsize)  # it belongs to its user: only grading has limits
    with _until_a_signal() as ended, closing(Registration()) as registration, Endpoint(cloud, listener):
        world = World(os.getpid(), listener.getsockname()[1], str(Path.cwd()), "drycloud cloud", {}, time.time())
        try:
            registration.publish(world)
        except OSError as error:
            print(f"'drycloud shell' will not find this cloud: {error.strerror}", file=sys.stderr)
        for line in assignments(dialect, sorted({*away, *_USUAL}), ours):
            print(line)
        sys.stdout.flush()
        print("The cloud is up. Paste the lines above into a shell. Ctrl-C ends it.", file=sys.stderr, flush=True)
        while not ended.wait(_LOOK):
            pass
    print("The cloud is gone, and all that was in it.", file=sys.stderr)


@contextmanager
def _until_a_signal() -> Iterator[threading.Event]:
    """An event that is set by Ctrl-C (on Windows also Ctrl-Break) and SIGTERM, instead of their usual effect."""
    ended = threading.Event()
    names = [name for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), lambda *_: ended.set()) for name in names}
    try:
        yield ended
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
