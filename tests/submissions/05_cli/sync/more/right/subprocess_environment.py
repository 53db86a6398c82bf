# Python that starts the CLI, with the values from the environment; the listing has a last empty line.
import os
import subprocess

bucket = os.environ["BUCKET"]


def aws(*words):
    return subprocess.run(["aws", *words], check=True, capture_output=True, text=True).stdout


aws("s3", "mb", f"s3://{bucket}")
aws("s3", "sync", os.environ["FOLDER"], f"s3://{bucket}", "--exclude", "*.tmp")
lines = aws("s3", "ls", "--recursive", bucket).splitlines()
with open("listing.txt", "w") as file:
    file.writelines(sorted(line[31:] + "\n" for line in lines) + ["\n"])
