#!/bin/bash
# No --query: the id is cut out of the JSON; a loop of its own waits; no line end in the file.
set -euo pipefail
aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type "$INSTANCE_TYPE" --count 1 --output json \
    --tag-specifications "[{\"ResourceType\": \"instance\", \"Tags\": [{\"Key\": \"Name\", \"Value\": \"$NAME\"}]}]" > answer.json
id=$(grep '"InstanceId"' answer.json | head -n 1 | cut -d '"' -f 4)
printf %s "$id" > instance_id.txt
until [[ $(aws ec2 describe-instances --instance-ids "$id" --output text --query "Reservations[*].Instances[*].State.Name") == running ]]; do
    sleep 0.5
done
aws ec2 terminate-instances --instance-ids "$OLD_INSTANCE_ID" --query "TerminatingInstances[].CurrentState.Name"
rm answer.json
