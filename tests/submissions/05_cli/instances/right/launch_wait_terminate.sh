# Three commands and a variable; the tag afterwards.
ID=$(aws ec2 run-instances --image-id $IMAGE_ID --instance-type $INSTANCE_TYPE --query 'Instances[0].InstanceId' --output text)
aws ec2 create-tags --resources $ID --tags Key=Name,Value=$NAME
echo $ID > instance_id.txt
aws ec2 wait instance-running --instance-ids $ID
aws ec2 terminate-instances --instance-ids $OLD_INSTANCE_ID
aws ec2 wait instance-terminated --instance-ids $OLD_INSTANCE_ID
