# loses: test_one_disk
# Takes S3 for the disk of an instance: one need is wrong, and only that one is lost.
service_for = {
    "own_machine": "EC2",
    "all_files": "S3",
    "one_disk": "S3",
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
choices = dict(stopped="c", terminated="a", idle="b", month="d", may_wait="b", transfer="c", hundred="c")
