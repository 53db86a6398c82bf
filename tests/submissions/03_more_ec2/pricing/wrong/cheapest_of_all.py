# loses: test_type_is_large_enough, test_type_is_the_cheapest_that_is_large_enough
# Takes the cheapest of the list, whatever it can do.
import csv

import boto3

ec2 = boto3.client("ec2")
prices = {row["instance_type"]: float(row["usd_per_hour"]) for row in csv.DictReader(open(given.prices_file))}
found = ec2.describe_instance_types(InstanceTypes=list(prices))["InstanceTypes"]
instance_type = min(prices, key=prices.get)
monthly_usd = round(prices[instance_type] * given.hours_per_day * given.days, 2)
