# %% tags=["task"]
import boto3
import pandas as pd

ec2 = boto3.client("ec2")
s3 = boto3.client("s3")

# 1. Choose a type that fits the budget.
prices = pd.read_csv(given.prices_file)
fitting = prices[prices["usd_per_hour"] <= given.max_usd_per_hour]
chosen = fitting.sort_values("usd_per_hour")["instance_type"].iloc[-1]

# 2. Launch the instance.
answer = ec2.run_instances(ImageId=given.image_id, InstanceType=chosen, MinCount=1, MaxCount=1)
instance_id = answer["Instances"][0]["InstanceId"]
try:
    ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])

    # 3. to 5. Read the dataset, compute the means, store the result.
    dataset = pd.read_csv(s3.get_object(Bucket=given.bucket, Key=given.dataset_key)["Body"])
    means = dataset.groupby("group")["value"].mean().rename("mean")
    s3.put_object(Bucket=given.bucket, Key=given.result_key, Body=means.to_csv().encode(), ContentType="text/csv")
finally:
    # 6. Terminate and delete everything, even if something has failed.
    ec2.terminate_instances(InstanceIds=[instance_id])
    ec2.get_waiter("instance_terminated").wait(InstanceIds=[instance_id])
