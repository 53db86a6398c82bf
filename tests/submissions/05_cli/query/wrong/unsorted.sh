# loses: test_they_are_sorted
# In the order in which AWS answers.
aws ec2 describe-instances --filters "Name=tag:$TAG_KEY,Values=$TAG_VALUE" "Name=instance-type,Values=$INSTANCE_TYPE" \
    "Name=instance-state-name,Values=running" --query "Reservations[].Instances[].[InstanceId]" --output text > running.txt
