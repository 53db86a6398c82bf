# loses: test_all_stays_private, test_it_holds_for_an_hour
# Opens the bucket by a policy, and gives the plain address.
import json

import boto3

s3 = boto3.client("s3")
s3.delete_public_access_block(Bucket=given.bucket)
statement = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": "s3:GetObject",
    "Resource": f"arn:aws:s3:::{given.bucket}/*",
}
s3.put_bucket_policy(Bucket=given.bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
url = f"https://{given.bucket}.s3.amazonaws.com/{given.key}"
