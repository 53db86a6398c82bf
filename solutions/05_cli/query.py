# %% tags=["task"] language="bash"
# # Write the sorted IDs to running.txt.
# aws ec2 describe-instances \
#     --filters "Name=tag:$TAG_KEY,Values=$TAG_VALUE" "Name=instance-type,Values=$INSTANCE_TYPE" \
#     "Name=instance-state-name,Values=running" \
#     --query "Reservations[].Instances[].[InstanceId]" --output text | sort > running.txt
