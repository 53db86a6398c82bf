# loses: test_nothing_changed, test_only_running_ones_are_in_the_file
# Starts the stopped ones, so that all that are in the file run.
for id in $(aws ec2 describe-instances --filters "Name=tag:$TAG_KEY,Values=$TAG_VALUE" "Name=instance-type,Values=$INSTANCE_TYPE" \
    "Name=instance-state-name,Values=running,stopped" --query "Reservations[].Instances[].InstanceId" --output text); do
    aws ec2 start-instances --instance-ids "$id" > /dev/null
    echo "$id"
done | sort > running.txt
