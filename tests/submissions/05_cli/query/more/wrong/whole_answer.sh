# loses: test_each_line_is_one_id, test_they_are_sorted
# Writes all that AWS answers.
aws ec2 describe-instances --filters "Name=tag:$TAG_KEY,Values=$TAG_VALUE" "Name=instance-type,Values=$INSTANCE_TYPE" \
    "Name=instance-state-name,Values=running" > running.txt
