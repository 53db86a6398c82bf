# loses: test_a_value_is_of_this_instance, test_nothing_changed, test_public_ip_is_right, test_public_dns_is_right, test_instance_type_is_right, test_key_name_is_right, test_state_is_right
# Types in what was seen while practising.
public_ip = "198.51.100.27"
public_dns = "ec2-198-51-100-27.compute-1.amazonaws.com"
instance_type = "t3.2xlarge"
key_name = "ada-desk"
state = "running"
