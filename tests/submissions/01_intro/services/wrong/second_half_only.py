# loses: test_every_need_has_a_service, test_own_machine, test_all_files, test_one_disk, test_tables, test_by_key, test_ask_files, test_model, test_each_arrival, test_many_jobs, test_private_net, test_who_may, test_the_bill
# Answers the questions and forgets the services.
choices = dict(stopped="c", terminated="a", idle="b", month="d", may_wait="b", transfer="c", hundred="c")
