# loses: test_a_new_instance_runs, test_it_has_its_name, test_an_instance_was_launched, test_exactly_one_was_launched, test_nothing_else_changed, test_image_is_the_given_one, test_type_is_the_given_one, test_key_is_the_given_one, test_your_code_waited
# Types in the id that was seen while practising, instead of launching.
import boto3

ec2 = boto3.client("ec2")
instance_id = "i-0f3a9c5b7e1d24680"
