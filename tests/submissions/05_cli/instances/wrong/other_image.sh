# loses: test_image_is_the_given_one
# Takes the image of the machine that is to be replaced.
image=$(aws ec2 describe-instances --instance-ids "$OLD_INSTANCE_ID" --query "Reservations[0].Instances[0].ImageId" --output text)
id=$(aws ec2 run-instances --image-id "$image" --instance-type "$INSTANCE_TYPE" \
    --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=$NAME}]" \
    --query "Instances[0].InstanceId" --output text)
echo "$id" > instance_id.txt
aws ec2 wait instance-running --instance-ids "$id"
aws ec2 terminate-instances --instance-ids "$OLD_INSTANCE_ID"
