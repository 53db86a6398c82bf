# loses: test_every_file_is_there
# Compares sizes alone: a corrected digit is not seen.
!aws s3api put-bucket-versioning --bucket {given.bucket} --versioning-configuration Status=Enabled
!aws s3 sync --size-only {given.folder} s3://{given.bucket}
