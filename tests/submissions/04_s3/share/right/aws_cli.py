# "aws s3 presign" by "!": the answer is a list of one line.
url = !aws s3 presign "s3://{given.bucket}/{given.key}" --expires-in 3600
