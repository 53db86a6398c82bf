# loses: test_each_line_is_one_id
# All ids on one line, with tabs between them.
aws ec2 describe-instances --filters "Name=tag:$TAG_KEY,Values=$TAG_VALUE" "Name=instance-type,Values=$INSTANCE_TYPE" \
    "Name=instance-state-name,Values=running" --query "sort(Reservations[].Instances[].InstanceId)" --output text > running.txt
