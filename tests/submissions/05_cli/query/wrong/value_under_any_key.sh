# loses: test_only_tagged_ones_are_in_the_file
# Filters by the value, under whatever key.
aws ec2 describe-instances --filters "Name=tag-value,Values=$TAG_VALUE" "Name=instance-type,Values=$INSTANCE_TYPE" \
    "Name=instance-state-name,Values=running" --query "Reservations[].Instances[].[InstanceId]" --output text | sort > running.txt
