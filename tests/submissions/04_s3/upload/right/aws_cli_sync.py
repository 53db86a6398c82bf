# "aws s3 sync" by "!", without --delete; one request at a time, so that each run is like the last.
import os

os.environ["AWS_CONFIG_FILE"] = "/tmp/aws.conf"
!printf '[default]\ns3 =\n  max_concurrent_requests = 1\n' > /tmp/aws.conf
!aws s3 sync --only-show-errors "{given.folder}" "s3://{given.bucket}/{given.prefix}"
