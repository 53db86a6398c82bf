# loses: test_type_is_the_given_one
# Types in a type.
id=$(aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type t3.large \
    --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=$NAME}]" \
    --query "Instances[0].InstanceId" --output text)
echo "$id" > instance_id.txt
aws ec2 wait instance-running --instance-ids "$id"
aws ec2 terminate-instances --instance-ids "$OLD_INSTANCE_ID"
