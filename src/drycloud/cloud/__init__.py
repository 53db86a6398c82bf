"""The simulated cloud: moto behind one WSGI application, watched and bounded."""

from drycloud.cloud.app import Cloud
from drycloud.cloud.bill import price
from drycloud.cloud.clients import Clients
from drycloud.cloud.serve import Endpoint
from drycloud.cloud.snapshot import Snapshot, take_snapshot

__all__ = ["Clients", "Cloud", "Endpoint", "Snapshot", "price", "take_snapshot"]
