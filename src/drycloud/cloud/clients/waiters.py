"""EC2's waiters, polling each second instead of every fifteen: here a change of state takes seconds, not minutes.

boto3 and the AWS CLI read them from the folder in AWS_DATA_PATH. They are in the package, so that
no process needs a temporary folder for them, which would be left behind when it is killed.
"""

from pathlib import Path

FOLDER = "ec2/2016-11-15"
NAME = "waiters-2.json"
DELAY = 1  # seconds
MODELS = Path(__file__).with_name("data") / "models"  # what AWS_DATA_PATH names


def quick_waiters() -> str:
    """botocore's definition of EC2's waiters with short delays, as JSON."""
    return (MODELS / FOLDER / NAME).read_text(encoding="utf-8")
