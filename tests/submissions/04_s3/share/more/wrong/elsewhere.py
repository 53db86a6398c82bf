# loses: test_the_link_opens, test_there_is_a_link, test_it_leads_to_the_object, test_all_stays_private, test_it_holds_for_an_hour
# A link to a page that the grader must not open.
url = "http://169.254.169.254/latest/meta-data/"
