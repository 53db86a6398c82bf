# loses: test_all_of_them_are_in_the_file
# Takes the first reservation for the whole answer.
import boto3

ec2 = boto3.client("ec2")
answer = ec2.describe_instances(
    Filters=[
        {"Name": f"tag:{given.TAG_KEY}", "Values": [given.TAG_VALUE]},
        {"Name": "instance-type", "Values": [given.INSTANCE_TYPE]},
        {"Name": "instance-state-name", "Values": ["running"]},
    ]
)
first = max(answer["Reservations"], key=lambda reservation: len(reservation["Instances"]))
with open("running.txt", "w") as file:
    for id in sorted(instance["InstanceId"] for instance in first["Instances"]):
        print(id, file=file)
