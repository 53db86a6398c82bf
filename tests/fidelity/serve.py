"""An endpoint for the table: `python serve.py stock|ours`; prints its port, and serves until its input ends."""

import logging
import socket
import sys

import drycloud.cloud.moto.engine  # noqa: F401  # sets moto by the environment, for stock, too: else it depends on who starts it


def main(which: str) -> None:
    """Serve stock moto, or ours, for which time passes as it is told."""
    if which == "stock":
        from moto.server import ThreadedMotoServer

        logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
        server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        server.start()
        print(server.get_host_and_port()[1], flush=True)
        sys.stdin.read()
        return
    from waits import stand_still

    from drycloud.cloud.http.app import Cloud
    from drycloud.cloud.http.meter import Bounds
    from drycloud.cloud.http.serve import Endpoint
    from drycloud.cloud.warm import warm_up

    warm_up(["ec2", "s3", "sts"])
    stand_still()
    listener = socket.create_server(("127.0.0.1", 0))
    with Endpoint(Cloud(["ec2", "s3", "sts"], Bounds(10**6)), listener):
        print(listener.getsockname()[1], flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
