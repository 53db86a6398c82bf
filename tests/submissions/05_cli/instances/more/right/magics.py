# IPython's "!" in a Python cell: what a command prints comes back as a list of lines.
import time

new = !aws ec2 run-instances --image-id {given.IMAGE_ID} --instance-type {given.INSTANCE_TYPE} --query Instances[0].InstanceId --output text
!aws ec2 create-tags --resources {new[0]} --tags Key=Name,Value={given.NAME}
!echo {new[0]} > instance_id.txt
state = ["pending"]
while state[0] == "pending":
    time.sleep(1)
    state = !aws ec2 describe-instances --instance-ids {new[0]} --query "Reservations[0].Instances[0].State.Name" --output text
!aws ec2 terminate-instances --instance-ids {given.OLD_INSTANCE_ID}
