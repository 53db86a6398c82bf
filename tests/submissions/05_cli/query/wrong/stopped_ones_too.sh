# loses: test_only_running_ones_are_in_the_file
# No filter on the state.
aws ec2 describe-instances --filters "Name=tag:$TAG_KEY,Values=$TAG_VALUE" "Name=instance-type,Values=$INSTANCE_TYPE" \
    --query "Reservations[].Instances[].[InstanceId]" --output text | sort > running.txt
