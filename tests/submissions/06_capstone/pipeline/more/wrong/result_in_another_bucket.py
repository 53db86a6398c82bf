# loses: test_the_result_is_stored, test_nothing_is_left, test_the_means_are_right
# Stores the result in the trial's bucket.
import boto3
import pandas as pd

ec2 = boto3.client("ec2")
s3 = boto3.client("s3")
prices = pd.read_csv(given.prices_file)
kind = prices[prices["usd_per_hour"] <= given.max_usd_per_hour]["instance_type"].iloc[0]
answer = ec2.run_instances(ImageId=given.image_id, InstanceType=kind, MinCount=1, MaxCount=1)
instance_id = answer["Instances"][0]["InstanceId"]
data = pd.read_csv(s3.get_object(Bucket=given.bucket, Key=given.dataset_key)["Body"])
table = data.groupby("group")["value"].mean().rename("mean").to_csv()
s3.put_object(Bucket=given.bucket + "-trial", Key=given.result_key, Body=table.encode())
ec2.terminate_instances(InstanceIds=[instance_id])
