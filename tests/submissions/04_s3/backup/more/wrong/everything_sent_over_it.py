# loses: test_versioning_is_on, test_only_changes_were_sent, test_old_versions_are_kept
# Copies the whole folder over the old backup, without versions.
!aws s3 cp --recursive {given.folder} s3://{given.bucket}
