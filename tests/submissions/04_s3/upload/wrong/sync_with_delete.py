# loses: test_nothing_else_changed, test_contents_are_the_same, test_content_types_are_right
# "aws s3 sync --delete" removes what others stored below the same prefix.
import os
import subprocess

with open("/tmp/aws.conf", "w") as f:
    f.write("[default]\ns3 =\n    max_concurrent_requests = 1\n")
os.environ["AWS_CONFIG_FILE"] = "/tmp/aws.conf"
subprocess.run(
    ["aws", "s3", "sync", "--delete", "--only-show-errors", given.folder, f"s3://{given.bucket}/{given.prefix}"],
    check=True,
)
