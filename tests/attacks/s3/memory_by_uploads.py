# attack: 27
# does: works, then stores object after object, each as large as one may be
# run: raised or timed_out
# earns: 9
# with: work
work()
import boto3

s3 = boto3.client("s3")
for n in range(1000):
    s3.put_object(Bucket=given.bucket, Key=f"{given.prefix}{n}", Body=b"x" * (4 * 1024**2 - 1))
