# loses: test_the_old_one_stayed_until_the_new_one_ran
# Waits, but for the machine that runs already: the old one.
id=$(aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type "$INSTANCE_TYPE" \
    --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=$NAME}]" --query "Instances[0].InstanceId" --output text)
echo "$id" > instance_id.txt
aws ec2 wait instance-running --instance-ids "$OLD_INSTANCE_ID"
aws ec2 terminate-instances --instance-ids "$OLD_INSTANCE_ID"
