# loses: test_it_leads_to_the_object, test_all_stays_private, test_it_holds_for_an_hour
# Leaves the object closed, and copies it to a new bucket that is open.
import json

import boto3

s3 = boto3.client("s3")
copy = given.bucket + "-public"
s3.create_bucket(Bucket=copy)
s3.delete_public_access_block(Bucket=copy)
statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{copy}/*"}
s3.put_bucket_policy(Bucket=copy, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
s3.copy_object(Bucket=copy, Key=given.key, CopySource={"Bucket": given.bucket, "Key": given.key})
url = f"{s3.meta.endpoint_url}/{copy}/{given.key}"
