# loses: test_deleted_files_are_kept
# Deletes all versions of what is no longer in the folder.
from pathlib import Path

import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)
bucket.Versioning().enable()
!aws s3 sync {given.folder} s3://{given.bucket}
for item in bucket.objects.all():
    if not Path(given.folder, item.key).exists():
        bucket.object_versions.filter(Prefix=item.key).delete()
