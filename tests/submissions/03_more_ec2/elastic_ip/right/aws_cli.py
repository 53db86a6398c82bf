# The AWS CLI by "!".
fixed, spare, new = given.allocation_id, given.spare_allocation_id, given.new_instance_id
!aws ec2 associate-address --allocation-id {fixed} --instance-id {new}
!aws ec2 release-address --allocation-id {spare}
told = !aws ec2 describe-addresses --allocation-ids {fixed} --query "Addresses[0].PublicIp" --output text
public_ip = told[0]
