# loses: test_versioning_is_on
# Turns versioning on for the upload, and off afterwards.
!aws s3api put-bucket-versioning --bucket {given.bucket} --versioning-configuration Status=Enabled
!aws s3 sync {given.folder} s3://{given.bucket}
!aws s3api put-bucket-versioning --bucket {given.bucket} --versioning-configuration Status=Suspended
