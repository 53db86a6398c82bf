# loses: test_a_rule_opens_port_22, test_you_can_reach_port_22, test_nobody_else_is_let_in, test_no_other_port_is_opened, test_nothing_else_changed, test_ssh_command_leads_to_an_instance, test_the_command_goes_to_the_instance, test_the_command_names_the_right_user, test_the_command_uses_the_right_key
# Copies a command such as the lesson shows: it leads to no instance.
ssh_command = ["ssh", "-i", "key.pem", "ec2-user@203.0.113.25"]
