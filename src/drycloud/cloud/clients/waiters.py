"""EC2's waiters, polling each second instead of every fifteen: what is waited for takes a moment here, not minutes.

boto3 and the AWS CLI read them where the environment variable AWS_DATA_PATH points. They lie in the package, so that
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
