"""EC2's waiters, polling each second instead of every fifteen: what is waited for takes a moment here, not minutes.

boto3 and the AWS CLI read them where the environment variable AWS_DATA_PATH points.
"""

import json
from importlib.resources import files
from pathlib import Path

FOLDER = "ec2/2016-11-15"
NAME = "waiters-2.json"
DELAY = 1  # seconds


def quick_waiters() -> str:
    """botocore's own definition of EC2's waiters with short delays, as JSON."""
    found = json.loads((files("botocore") / "data" / FOLDER / NAME).read_text(encoding="utf-8"))
    for waiter in found["waiters"].values():
        waiter["delay"] = DELAY
    return json.dumps(found)


def write_waiters(folder: Path) -> None:
    """Write them below `folder`, which AWS_DATA_PATH may then name."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    (place / NAME).write_text(quick_waiters(), encoding="utf-8")
