"""Imported once by the process that all workers are forked from: everything is loaded and used once here."""

import gc

from drycloud.cloud.warm import warm_up
from drycloud.grading import pool, submission  # noqa: F401  # what the workers run

warm_up(["ec2", "s3", "sts"])
gc.collect()
gc.freeze()
