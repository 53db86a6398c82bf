# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# 1. List all objects under the prefix.
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=given.bucket, Prefix=given.prefix)
keys = [item["Key"] for page in pages for item in page.get("Contents", [])]

# 2. Read them, and collect their values.
values = []
for key in keys:
    text = s3.get_object(Bucket=given.bucket, Key=key)["Body"].read().decode()
    values += [float(line.split(",")[1]) for line in text.splitlines()[1:]]

# 3. Compute rows and mean.
rows = len(values)
mean = sum(values) / rows
print(len(keys), rows, mean)

# 4. Store the result.
table = f"rows,mean\n{rows},{mean}\n"
s3.put_object(Bucket=given.bucket, Key=given.result_key, Body=table.encode(), ContentType="text/csv")
