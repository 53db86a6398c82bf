# A row for each instance, and awk compares the columns.
aws ec2 describe-instances --output text --filters "Name=tag:$TAG_KEY,Values=$TAG_VALUE" \
    --query 'Reservations[].Instances[].[State.Name, InstanceType, InstanceId]' |
    awk -v kind="$INSTANCE_TYPE" '$1 == "running" && $2 == kind { print $3 }' | sort | tee running.txt
