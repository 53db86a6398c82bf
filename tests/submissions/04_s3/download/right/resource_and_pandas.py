# The resource API and pandas, with the table from a data frame without its index.
import io

import boto3
import pandas as pd

bucket = boto3.resource("s3").Bucket(given.bucket)
parts = [item.get()["Body"].read() for item in bucket.objects.filter(Prefix=given.prefix)]
values = pd.concat(pd.read_csv(io.BytesIO(part)) for part in parts)["value"]
rows = values.count()
mean = values.mean()
table = pd.DataFrame({"rows": [rows], "mean": [mean]})
bucket.put_object(Key=given.result_key, Body=table.to_csv(index=False))
