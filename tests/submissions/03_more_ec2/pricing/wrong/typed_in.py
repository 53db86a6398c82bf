# loses: test_type_is_large_enough, test_type_is_the_cheapest_that_is_large_enough, test_monthly_usd_is_what_the_type_costs
# Types in what was right while practising.
instance_type = "t3.large"
monthly_usd = 5.13
