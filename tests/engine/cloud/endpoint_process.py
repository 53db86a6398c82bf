"""An endpoint in a process of its own: `python endpoint_process.py '{"cloud": {…}, "bounds": {…}, "endpoint": {…}}'`.

Prints its port; answers each line on standard input with the number of requests and the trail; ends with its input.
"""

import json
import socket
import sys

from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.meter import Bounds
from drycloud.cloud.http.serve import Endpoint
from drycloud.cloud.warm import warm_up


def main(words: dict[str, dict[str, float]]) -> None:
    warm_up(["ec2", "s3", "sts"])
    bounds = Bounds(**{"requests": 10**6, **words.get("bounds", {})})
    cloud = Cloud(["ec2", "s3", "sts"], bounds, **words.get("cloud", {}))
    listener = socket.create_server(("127.0.0.1", 0))
    with Endpoint(cloud, listener, **words.get("endpoint", {})):
        print(listener.getsockname()[1], flush=True)
        for _ in sys.stdin:
            print(json.dumps([cloud.meter.requests, [(c.operation, c.error) for c in cloud.trail]]), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
