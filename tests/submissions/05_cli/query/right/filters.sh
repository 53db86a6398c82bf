# Filters only; the ids come on one line and are put on lines by the shell.
aws ec2 describe-instances --output text --query 'Reservations[*].Instances[*].InstanceId' --filters \
    Name=instance-state-name,Values=running Name=instance-type,Values=$INSTANCE_TYPE Name=tag:$TAG_KEY,Values=$TAG_VALUE \
    | tr '\t' '\n' | sort > running.txt
