# loses: test_the_data_set_is_read, test_most_of_it_was_read, test_there_are_two_numbers, test_the_result_is_stored, test_all_rows_are_counted, test_nothing_else_changed, test_the_mean_is_right, test_the_table_holds_the_result
# Two numbers, and not one call.
rows = 1025
mean = 12.15
