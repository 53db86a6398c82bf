# The csv module, which ends lines as Windows does and may put each cell into quotation marks; numbers of numpy.
import csv
import io

import boto3
import numpy as np

s3 = boto3.client("s3")
values = []
for page in s3.get_paginator("list_objects_v2").paginate(Bucket=given.bucket, Prefix=given.prefix):
    for item in page["Contents"]:
        text = s3.get_object(Bucket=given.bucket, Key=item["Key"])["Body"].read().decode()
        values += [float(line.split(",")[1]) for line in text.splitlines()[1:]]
rows, mean = np.float64(len(values)), np.mean(values)
text = io.StringIO()
writer = csv.writer(text, quoting=csv.QUOTE_ALL)
writer.writerow(["rows", "mean"])
writer.writerow([rows, mean])
s3.put_object(Bucket=given.bucket, Key=given.result_key, Body="\ufeff".encode() + text.getvalue().encode())
