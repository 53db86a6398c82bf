# No filter: all of it in JMESPath, sorted by JMESPath too.
aws ec2 describe-instances --output text --query "sort_by(Reservations[].Instances[]
    | [?State.Name=='running' && InstanceType=='$INSTANCE_TYPE' && Tags[?Key=='$TAG_KEY' && Value=='$TAG_VALUE']], &InstanceId)
    | [].[InstanceId]" > running.txt
