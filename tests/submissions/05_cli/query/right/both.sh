# Filters for two conditions and a query for the third; loop over words; Windows line ends.
ids=$(aws ec2 describe-instances --filters "Name=tag:$TAG_KEY,Values=$TAG_VALUE" "Name=instance-type,Values=$INSTANCE_TYPE" \
    --query 'Reservations[].Instances[?State.Name==`running`].InstanceId' --output text)
for id in $ids; do printf '%s\r\n' "$id"; done | LC_ALL=C sort -u > /tmp/ids
cp /tmp/ids running.txt
