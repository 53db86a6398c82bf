# "aws s3 sync" by "!", without --delete.
!aws s3 sync "{given.folder}" "s3://{given.bucket}/{given.prefix}"
