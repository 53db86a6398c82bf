# The AWS CLI by subprocess: it guesses the types by itself.
import subprocess

subprocess.run(
    ["aws", "s3", "cp", "--recursive", given.folder, f"s3://{given.bucket}/{given.prefix}"],
    check=True,
)
