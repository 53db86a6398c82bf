import boto3

# The protected ones are left as they are.
ec2 = boto3.client("ec2")
filters = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
for reservation in ec2.describe_instances(Filters=filters)["Reservations"]:
    for instance in reservation["Instances"]:
        try:
            ec2.terminate_instances(InstanceIds=[instance["InstanceId"]])
        except ec2.exceptions.ClientError as error:
            print(error)
