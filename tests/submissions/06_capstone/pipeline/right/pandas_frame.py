# %% [markdown]
# pandas, with the columns the other way round, resource API, three cells.

# %% tags=["task"]
import io

import boto3
import pandas as pd

ec2 = boto3.resource("ec2")
bucket = boto3.resource("s3").Bucket(given.bucket)
prices = pd.read_csv(given.prices_file).set_index("instance_type")["usd_per_hour"]
affordable = prices[prices.le(given.max_usd_per_hour)]

# %%
(machine,) = ec2.create_instances(
    ImageId=given.image_id,
    InstanceType=affordable.idxmax(),
    MinCount=1,
    MaxCount=1,
    UserData="#!/bin/bash\nshutdown -h +60\n",
    InstanceInitiatedShutdownBehavior="terminate",
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "means"}]}],
)
instance_id = machine.id
machine.wait_until_running()
try:
    body = bucket.Object(given.dataset_key).get()["Body"].read()
    df = pd.read_csv(io.BytesIO(body)).groupby("group", as_index=False).agg(mean=("value", "mean"))
    bucket.put_object(Key=given.result_key, Body=df[["mean", "group"]].to_csv(index=False))
finally:
    machine.terminate()

# %%
machine.wait_until_terminated()
for o in bucket.objects.filter(Prefix="results/"):
    print(o.key, o.size)
