# loses: test_the_rubbish_stayed_at_home
# Python; compares the whole name, in place of its ending, with ".tmp".
import os

import boto3

s3 = boto3.resource("s3")
bucket = s3.create_bucket(Bucket=given.BUCKET)
for root, _, names in os.walk(given.FOLDER):
    for name in names:
        if name != ".tmp":
            path = os.path.join(root, name)
            bucket.upload_file(path, os.path.relpath(path, given.FOLDER))
with open("listing.txt", "w") as file:
    print(*sorted(o.key for o in bucket.objects.all()), sep="\n", file=file)
