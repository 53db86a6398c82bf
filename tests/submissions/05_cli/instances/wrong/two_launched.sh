# loses: test_exactly_one_was_launched
# Launches two: one to look at the answer, one to keep its id.
aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type "$INSTANCE_TYPE" --count 1 \
    --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=$NAME}]"
id=$(aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type "$INSTANCE_TYPE" --count 1 \
    --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=$NAME}]" \
    --query "Instances[0].InstanceId" --output text)
echo "$id" > instance_id.txt
aws ec2 wait instance-running --instance-ids "$id"
aws ec2 terminate-instances --instance-ids "$OLD_INSTANCE_ID"
