# loses: test_the_file_holds_the_new_id
# Leaves the id in JSON, with quotation marks.
aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type "$INSTANCE_TYPE" \
    --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=$NAME}]" --query "Instances[0].InstanceId" > instance_id.txt
aws ec2 wait instance-running --instance-ids "$(tr -d '"' < instance_id.txt)"
aws ec2 terminate-instances --instance-ids "$OLD_INSTANCE_ID"
