# loses: test_every_file_is_there, test_only_changes_were_sent
# Puts the folder's name in the keys, so that everything is new.
!aws s3api put-bucket-versioning --bucket {given.bucket} --versioning-configuration Status=Enabled
!aws s3 sync {given.folder} s3://{given.bucket}/{given.folder}
