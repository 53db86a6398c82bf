# loses: test_the_file_holds_the_new_id, test_it_has_its_name, test_the_old_one_is_terminated, test_a_new_instance_is_there, test_exactly_one_was_launched, test_nothing_else_changed, test_image_is_the_given_one, test_type_is_the_given_one, test_the_old_one_stayed_until_the_new_one_ran
# Launches nothing, and passes off a machine that was there.
aws ec2 describe-instances --filters "Name=instance-type,Values=$INSTANCE_TYPE" "Name=image-id,Values=$IMAGE_ID" \
    --query "Reservations[0].Instances[0].InstanceId" --output text > instance_id.txt
aws ec2 create-tags --resources "$(cat instance_id.txt)" --tags "Key=Name,Value=$NAME"
