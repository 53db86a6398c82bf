# loses: test_instance_id_names_your_machine, test_a_machine_was_rented, test_every_machine_was_given_back, test_image_is_the_given_one, test_it_fits_the_budget
# Computes on the own laptop, and rents nothing.
import boto3
import pandas as pd

s3 = boto3.client("s3")
data = pd.read_csv(s3.get_object(Bucket=given.bucket, Key=given.dataset_key)["Body"])
table = data.groupby("group")["value"].mean().rename("mean").to_csv()
s3.put_object(Bucket=given.bucket, Key=given.result_key, Body=table.encode())
