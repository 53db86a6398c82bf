# loses: test_old_versions_are_kept, test_deleted_files_are_kept
# Mirrors the folder first, deletions and all, and turns versioning on then.
!aws s3 sync {given.folder} s3://{given.bucket} --delete
!aws s3api put-bucket-versioning --bucket {given.bucket} --versioning-configuration Status=Enabled
