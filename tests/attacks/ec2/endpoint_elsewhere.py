# attack: 23
# does: sends its work to another machine
# run: raised or timed_out
# earns: 0
# with: work
import os

import botocore.config

os.environ["AWS_ENDPOINT_URL"] = "http://192.0.2.1:4566"
os.environ["AWS_MAX_ATTEMPTS"] = "1"
work()
