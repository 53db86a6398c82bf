# loses: test_instance_id_names_your_machine
# Keeps the id under another name.
import boto3
import pandas as pd

ec2 = boto3.client("ec2")
s3 = boto3.client("s3")
prices = pd.read_csv(given.prices_file)
kind = prices[prices["usd_per_hour"] <= given.max_usd_per_hour]["instance_type"].iloc[0]
answer = ec2.run_instances(ImageId=given.image_id, InstanceType=kind, MinCount=1, MaxCount=1)
machine = answer["Instances"][0]["InstanceId"]
data = pd.read_csv(s3.get_object(Bucket=given.bucket, Key=given.dataset_key)["Body"])
means = data.groupby("group")["value"].mean().rename("mean")
s3.put_object(Bucket=given.bucket, Key=given.result_key, Body=means.to_csv().encode())
instance_id = None
ec2.terminate_instances(InstanceIds=[machine])
