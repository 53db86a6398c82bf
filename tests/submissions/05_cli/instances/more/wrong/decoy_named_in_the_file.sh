# loses: test_the_file_holds_the_new_id
# Looks the id up by name, and gets another machine of that name.
id=$(aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type "$INSTANCE_TYPE" --count 1 \
    --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=$NAME}]" \
    --query "Instances[0].InstanceId" --output text)
aws ec2 describe-instances --filters "Name=tag:Name,Values=$NAME" --query "Reservations[0].Instances[0].InstanceId" --output text > instance_id.txt
aws ec2 wait instance-running --instance-ids "$id"
aws ec2 terminate-instances --instance-ids "$OLD_INSTANCE_ID"
