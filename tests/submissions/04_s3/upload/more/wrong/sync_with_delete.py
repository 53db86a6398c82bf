# loses: test_nothing_else_changed
# "aws s3 sync --delete" removes what others stored below the same prefix.
import subprocess

subprocess.run(
    ["aws", "s3", "sync", "--delete", given.folder, f"s3://{given.bucket}/{given.prefix}"], check=True
)
