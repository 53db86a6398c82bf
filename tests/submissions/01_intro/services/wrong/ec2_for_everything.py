# loses: test_all_files, test_one_disk, test_tables, test_by_key, test_ask_files, test_model, test_each_arrival, test_many_jobs, test_private_net, test_who_may, test_the_bill
# Names the best known service for everything.
service_for = {key: "EC2" for key in given.needs}
choices = dict(stopped="c", terminated="a", idle="b", month="d", may_wait="b", transfer="c", hundred="c")
