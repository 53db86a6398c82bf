# loses: test_every_need_has_a_service, test_the_bill
# Leaves one need without a service.
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
}
choices = dict(stopped="c", terminated="a", idle="b", month="d", may_wait="b", transfer="c", hundred="c")
