# loses: test_old_versions_are_kept
# Turns versioning on when all has been sent.
!aws s3 sync {given.folder} s3://{given.bucket}
!aws s3api put-bucket-versioning --bucket {given.bucket} --versioning-configuration Status=Enabled
