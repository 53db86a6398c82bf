# Functions; a first launch fails (no such type) and a second is too dear and given back; sums instead of lists.
import csv
import io

import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client("ec2")
s3 = boto3.resource("s3")


def means():
    text = s3.Object(given.bucket, given.dataset_key).get()["Body"].read().decode("utf-8")
    sums, counts = {}, {}
    for row in csv.reader(io.StringIO(text)):
        if row[0] == "group":
            continue
        sums[row[0]] = sums.get(row[0], 0) + float(row[1])
        counts[row[0]] = counts.get(row[0], 0) + 1
    return {g: sums[g] / counts[g] for g in sums}


def launch(kind):
    return ec2.run_instances(ImageId=given.image_id, InstanceType=kind, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]


table = "group,mean\n" + "\n".join(f'"{g}",{m:.3f}' for g, m in means().items())
s3.Object(given.bucket, given.result_key).put(Body=table.encode())
try:
    launch("t3.pico")
except ClientError as error:
    print(error)
mistake = launch("m5.24xlarge")
ec2.terminate_instances(InstanceIds=[mistake])
rows = list(csv.reader(open(given.prices_file)))[1:]
instance_id = launch(min(rows, key=lambda row: float(row[1]))[0])
ec2.terminate_instances(InstanceIds=[instance_id])
