# loses: test_group_id_is_of_the_new_group, test_instance_is_in_the_new_group, test_a_group_is_made, test_nothing_else_changed, test_instance_keeps_its_groups, test_the_network_is_let_in, test_nobody_else_is_let_in, test_no_other_port_is_opened
# Adds the rule to a group that the instance is in already, and others too.
import boto3

ec2 = boto3.client("ec2")
found = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
group_id = found["SecurityGroups"][0]["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=group_id, IpProtocol="tcp", FromPort=given.port, ToPort=given.port, CidrIp=given.cidr
)
