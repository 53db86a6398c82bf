# The AWS CLI by "!", with Python in between; stops the instances first, which is needless but not wrong.
import boto3

flt = f"Name=tag:{given.tag_key},Values={given.tag_value}"
found = !aws ec2 describe-instances --filters "{flt}" --query "Reservations[].Instances[].InstanceId" --output text
ids = " ".join(found).split()
client = boto3.client("ec2")
client.stop_instances(InstanceIds=ids)
for i in ids:
    client.modify_instance_attribute(InstanceId=i, DisableApiTermination={"Value": False})
id_list = " ".join(ids)
!aws ec2 terminate-instances --instance-ids {id_list}
