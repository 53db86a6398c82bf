# loses: test_the_file_holds_the_new_id, test_it_has_its_name, test_a_new_instance_is_there, test_exactly_one_was_launched, test_nothing_else_changed, test_image_is_the_given_one, test_type_is_the_given_one, test_the_old_one_stayed_until_the_new_one_ran
# The launch is refused (no such type), and the script goes on: now there is no machine at all.
id=$(aws ec2 run-instances --image-id "$IMAGE_ID" --instance-type "$INSTANCE_TYP" --query "Instances[0].InstanceId" --output text)
echo "$id" > instance_id.txt
aws ec2 wait instance-running --instance-ids "$id"
aws ec2 terminate-instances --instance-ids "$OLD_INSTANCE_ID"
