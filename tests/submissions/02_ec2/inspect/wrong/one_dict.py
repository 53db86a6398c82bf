# loses: test_state_is_right, test_a_value_is_of_this_instance, test_nothing_changed, test_public_ip_is_right, test_public_dns_is_right, test_instance_type_is_right, test_key_name_is_right
# Collects the values in a dict of its own.
import boto3

i = boto3.client("ec2").describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
answer = {
    "public_ip": i["PublicIpAddress"],
    "public_dns": i["PublicDnsName"],
    "instance_type": i["InstanceType"],
    "key_name": i["KeyName"],
    "state": i["State"]["Name"],
}
