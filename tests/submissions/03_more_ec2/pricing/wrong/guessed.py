# loses: test_type_is_large_enough, test_monthly_usd_is_what_the_type_costs, test_type_was_found_in_the_price_list, test_nothing_was_rented_or_changed, test_type_is_the_cheapest_that_is_large_enough
# Names a type that is in every price list, and any sum: nothing was asked, and nothing is earned.
instance_type = "t3.large"
monthly_usd = 5
