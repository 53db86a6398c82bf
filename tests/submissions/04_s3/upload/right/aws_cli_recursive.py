# The AWS CLI by subprocess: it guesses the types by itself. One request at a time, so that each run is like the last.
import os
import subprocess

with open("/tmp/aws.conf", "w") as f:
    f.write("[default]\ns3 =\n    max_concurrent_requests = 1\n")
subprocess.run(
    ["aws", "s3", "cp", "--recursive", "--only-show-errors", given.folder, f"s3://{given.bucket}/{given.prefix}"],
    check=True,
    env=dict(os.environ, AWS_CONFIG_FILE="/tmp/aws.conf"),
)
