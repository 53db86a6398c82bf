# loses: test_nobody_else_is_let_in
# Names the network in a prefix list, and another network beside it.
import boto3

ec2 = boto3.client("ec2")
networks = ec2.create_managed_prefix_list(
    PrefixListName="institute",
    MaxEntries=2,
    AddressFamily="IPv4",
    Entries=[{"Cidr": given.cidr}, {"Cidr": "10.0.0.0/8"}],
)
list_id = networks["PrefixList"]["PrefixListId"]
group_id = ec2.create_security_group(GroupName=given.group_name, Description="a notebook")["GroupId"]
rule = {
    "IpProtocol": "tcp",
    "FromPort": given.port,
    "ToPort": given.port,
    "PrefixListIds": [{"PrefixListId": list_id}],
}
ec2.authorize_security_group_ingress(GroupId=group_id, IpPermissions=[rule])
instance = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
groups = [group["GroupId"] for group in instance["SecurityGroups"]]
ec2.modify_instance_attribute(InstanceId=given.instance_id, Groups=[*groups, group_id])
