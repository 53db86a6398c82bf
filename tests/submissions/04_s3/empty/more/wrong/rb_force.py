# loses: test_the_versions_are_gone, test_nothing_else_changed, test_the_markers_are_gone, test_the_bucket_is_gone
# Believes that --force means all versions.
!aws s3 rb "s3://{given.bucket}" --force
