"""The simulated cloud: moto behind one WSGI application, watched and bounded."""

from drycloud.cloud.app import Cloud
from drycloud.cloud.bill import price
from drycloud.cloud.clients import client
from drycloud.cloud.links import Page, open_link
from drycloud.cloud.serve import Endpoint
from drycloud.cloud.snapshot import Snapshot, take_snapshot

__all__ = ["Cloud", "Endpoint", "Page", "Snapshot", "client", "open_link", "price", "take_snapshot"]
