# The AWS CLI by "!", the lists put together in Python.
name, cidr, port = given.group_name, given.cidr, given.port
made = !aws ec2 create-security-group --group-name {name} --description "for the notebook" --query GroupId --output text
group_id = made[0]
!aws ec2 authorize-security-group-ingress --group-id {group_id} --protocol tcp --port {port} --cidr {cidr}
machine = given.instance_id
query = "Reservations[0].Instances[0].SecurityGroups[].GroupId"
had = !aws ec2 describe-instances --instance-ids {machine} --query {query} --output text
every = had[0].replace("\t", " ") + " " + group_id
!aws ec2 modify-instance-attribute --instance-id {machine} --groups {every}
