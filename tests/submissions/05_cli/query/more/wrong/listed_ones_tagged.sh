# loses: test_nothing_changed
# Leaves a tag on what it has listed.
aws ec2 describe-instances --filters "Name=tag:$TAG_KEY,Values=$TAG_VALUE" "Name=instance-type,Values=$INSTANCE_TYPE" \
    "Name=instance-state-name,Values=running" --query "Reservations[].Instances[].[InstanceId]" --output text | sort > running.txt
aws ec2 create-tags --resources $(cat running.txt) --tags Key=seen,Value=yes
