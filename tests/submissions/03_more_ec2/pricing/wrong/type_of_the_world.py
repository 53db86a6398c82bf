# loses: test_type_was_found_in_the_price_list, test_nothing_was_rented_or_changed, test_type_is_the_cheapest_that_is_large_enough, test_monthly_usd_is_what_the_type_costs
# Takes a type that is large enough, but has no price in the list.
import csv

import boto3

ec2 = boto3.client("ec2")
prices = {row["instance_type"]: float(row["usd_per_hour"]) for row in csv.DictReader(open(given.prices_file))}
found = ec2.describe_instance_types(InstanceTypes=list(prices))["InstanceTypes"]
instance_type = "u-6tb1.56xlarge"
monthly_usd = 46403.0
