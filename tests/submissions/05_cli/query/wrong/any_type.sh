# loses: test_only_that_type_is_in_the_file
# Forgets the type.
aws ec2 describe-instances --filters "Name=tag:$TAG_KEY,Values=$TAG_VALUE" "Name=instance-state-name,Values=running" \
    --query "Reservations[].Instances[].[InstanceId]" --output text | sort > running.txt
