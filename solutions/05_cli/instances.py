# %% tags=["task"] language="bash"
# set -e
#
# # 1. Launch the new instance, and store its ID.
# id=$(aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type "$INSTANCE_TYPE" --count 1 \
#     --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=$NAME}]" \
#     --query "Instances[0].InstanceId" --output text)
#
# # 2. Write the ID to instance_id.txt.
# echo "$id" > instance_id.txt
#
# # 3. Wait until it is running, then terminate the old instance.
# aws ec2 wait instance-running --instance-ids "$id"
# aws ec2 terminate-instances --instance-ids "$OLD_INSTANCE_ID"
