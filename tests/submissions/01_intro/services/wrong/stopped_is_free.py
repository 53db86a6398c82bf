# loses: test_stopped
# Believes that a stopped instance costs nothing at all: one question is wrong.
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
choices = dict(stopped='a', terminated='a', idle='b', month='d', may_wait='b', transfer='c', hundred='c')
