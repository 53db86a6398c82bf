# %% tags=["task"] language="bash"
# # "tee" shows the id and writes it; the second cell reads it from the file.
# aws ec2 run-instances --cli-input-json "{\"ImageId\": \"$IMAGE_ID\", \"InstanceType\": \"$INSTANCE_TYPE\", \"MinCount\": 1, \"MaxCount\": 1}" \
#     --query "Instances[].InstanceId" --output text | tee instance_id.txt

# %% language="bash"
# new=$(< instance_id.txt)
# aws ec2 create-tags --resources "$new" --tags "Key=Name,Value=$NAME" Key=owner,Value=me
# aws ec2 wait instance-status-ok --instance-ids "$new" && aws ec2 terminate-instances --instance-ids "$OLD_INSTANCE_ID"
