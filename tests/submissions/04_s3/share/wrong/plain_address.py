# loses: test_the_link_opens, test_there_is_a_link, test_it_leads_to_the_object, test_all_stays_private, test_it_holds_for_an_hour
# The address without a signature.
url = f"https://{given.bucket}.s3.amazonaws.com/{given.key}"
