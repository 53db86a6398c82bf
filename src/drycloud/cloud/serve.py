"""Serving a cloud on a socket: in a thread, quietly, and only for as long as a run lasts."""

import logging
import socket
import threading
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer, make_server

from drycloud.cloud.app import Cloud

logging.getLogger("werkzeug").setLevel(logging.CRITICAL)


class _Handler(MotoRequestHandler):  # type: ignore[misc]  # moto ships no types
    """One connection: kept alive, silent, and given up after ten idle seconds."""

    protocol_version = "HTTP/1.1"
    timeout = 10

    def log(self, type: str, message: str, *args: Any) -> None:  # werkzeug's own name
        """Write nothing: the trail says what was asked."""


class Endpoint:
    """A cloud served on a listening socket from `__enter__` to `__exit__`; after that nothing answers."""

    def __init__(self, cloud: Cloud, listener: socket.socket):
        self.cloud, self._listener = cloud, listener
        host, port = listener.getsockname()[:2]
        self._server: BaseWSGIServer = make_server(
            host, port, cloud, threaded=True, request_handler=_Handler, fd=listener.fileno()
        )
        self._server.daemon_threads = True  # type: ignore[attr-defined]  # of ThreadingMixIn
        self._server.block_on_close = False  # type: ignore[attr-defined]  # a lazy client must not hold us up
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> "Endpoint":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cloud.close()
        self._server.shutdown()
        self._server.server_close()
        self._listener.close()
        self._thread.join()
