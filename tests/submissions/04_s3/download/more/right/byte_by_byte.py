# Downloads each object to a file, and a trial of the table is stored elsewhere first and removed again.
import csv
import decimal

import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)
rows, total = 0, decimal.Decimal(0)
for item in bucket.objects.all():
    if item.key.startswith(given.prefix):
        bucket.download_file(item.key, "one.csv")
        with open("one.csv", newline="") as file:
            for row in list(csv.reader(file))[1:]:
                rows, total = rows + 1, total + decimal.Decimal(row[1])
mean = float(total / rows)
table = f"rows, mean\r\n{rows}, {mean}\r\n"
bucket.put_object(Key="trial.csv", Body=table.encode())
bucket.Object("trial.csv").delete()
bucket.put_object(Key=given.result_key, Body=table.encode())
