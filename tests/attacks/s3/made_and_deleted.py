# attack: 25
# does: uploads everything, then deletes it at once
# run: finished
# earns: 0
# with: work
work()
import boto3

for item in boto3.resource("s3").Bucket(given.bucket).objects.filter(Prefix=given.prefix):
    item.delete()
