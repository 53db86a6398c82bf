# loses: test_it_has_its_name
# Forgets the name.
id=$(aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type "$INSTANCE_TYPE" --query "Instances[0].InstanceId" --output text)
echo "$id" > instance_id.txt
aws ec2 wait instance-running --instance-ids "$id"
aws ec2 terminate-instances --instance-ids "$OLD_INSTANCE_ID"
