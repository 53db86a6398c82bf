"""EC2's waiters with short delays, which lie in the package."""

import json
import os
from importlib.resources import files

from drycloud.cloud.clients.waiters import DELAY, FOLDER, MODELS, NAME, quick_waiters


def test_they_are_botocores_own_with_short_delays():
    """A newer botocore may have others: WAITERS=write in the environment writes the file anew."""
    found = json.loads((files("botocore") / "data" / FOLDER / NAME).read_text(encoding="utf-8"))
    for waiter in found["waiters"].values():
        waiter["delay"] = DELAY
    if os.environ.get("WAITERS") == "write":
        (MODELS / FOLDER / NAME).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    assert json.loads(quick_waiters()) == found
