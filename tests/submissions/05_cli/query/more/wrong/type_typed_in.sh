# loses: test_there_are_ids_in_the_file, test_all_of_them_are_in_the_file, test_each_line_is_one_id, test_they_are_sorted, test_one_of_them_is_in_the_file, test_nothing_changed, test_only_running_ones_are_in_the_file, test_only_that_type_is_in_the_file, test_only_tagged_ones_are_in_the_file
# Types in the type that was given while practising.
aws ec2 describe-instances --filters "Name=tag:$TAG_KEY,Values=$TAG_VALUE" "Name=instance-type,Values=t3.micro" \
    "Name=instance-state-name,Values=running" \
    --query "Reservations[].Instances[].[InstanceId]" --output text | sort > running.txt
