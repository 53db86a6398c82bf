# A filter instead of the argument for ids; a nested loop; all values at once.
import boto3

ec2 = boto3.client("ec2", region_name="us-east-1")
response = ec2.describe_instances(Filters=[{"Name": "instance-id", "Values": [given.instance_id]}])
for r in response["Reservations"]:
    for i in r["Instances"]:
        public_ip, public_dns = i["PublicIpAddress"], i["PublicDnsName"]
        instance_type, key_name, state = i["InstanceType"], i["KeyName"], i["State"]["Name"]
