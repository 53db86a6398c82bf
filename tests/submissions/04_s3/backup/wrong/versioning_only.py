# loses: test_every_file_is_there, test_something_was_sent, test_nothing_else_changed, test_only_changes_were_sent, test_old_versions_are_kept, test_deleted_files_are_kept
# Turns versioning on, and sends nothing.
import boto3

boto3.resource("s3").Bucket(given.bucket).Versioning().enable()
