# A loop over describe-instance-status, which tells of running machines only, without any filter.
set -e
id=$(aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type "$INSTANCE_TYPE" --query "Instances[].InstanceId" --output text)
aws ec2 create-tags --resources "$id" --tags "Key=Name,Value=$NAME"
printf %s "$id" > instance_id.txt
until aws ec2 describe-instance-status --output text | grep -q "$id"; do
    sleep 0.3
done
aws ec2 terminate-instances --instance-ids "$OLD_INSTANCE_ID"
