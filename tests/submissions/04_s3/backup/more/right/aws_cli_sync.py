# Versioning and "aws s3 sync", which compares size and time; deleted files get a marker.
!aws s3api put-bucket-versioning --bucket {given.bucket} --versioning-configuration Status=Enabled
!aws s3 sync {given.folder} s3://{given.bucket} --delete
