# loses: test_every_need_has_a_service, test_own_machine, test_all_files, test_one_disk, test_tables, test_by_key, test_ask_files, test_model, test_each_arrival, test_many_jobs, test_private_net, test_who_may, test_the_bill
# Names every service for every need, so that the right one is among them.
service_for = {
    "own_machine": "EC2",
    "all_files": "S3",
    "one_disk": "EBS",
    "tables": "RDS",
    "by_key": "DynamoDB",
    "ask_files": "Athena",
    "model": "SageMaker AI",
    "each_arrival": "Lambda",
    "many_jobs": "Batch",
    "private_net": "VPC",
    "who_may": "IAM",
    "the_bill": "Budgets",
}
service_for = {key: [name] + [s for s in given.services if s != name] for key, name in service_for.items()}
choices = dict(stopped="c", terminated="a", idle="b", month="d", may_wait="b", transfer="c", hundred="c")
