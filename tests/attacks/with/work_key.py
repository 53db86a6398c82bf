import os
import pathlib

import boto3


def work():
    """Honest work: a key pair, and its private half in a file for its owner alone."""
    pair = boto3.client("ec2").create_key_pair(KeyName=given.key_name, KeyType="ed25519")
    pathlib.Path(given.key_file).write_text(pair["KeyMaterial"])
    os.chmod(given.key_file, 0o600)
