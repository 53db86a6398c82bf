# loses: test_terminated, test_idle, test_month, test_may_wait, test_transfer, test_hundred
# Believes that one pays for use, that disks outlive machines, and reckons a day for a month.
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
choices = dict(stopped='c', terminated='c', idle='d', month='b', may_wait='a', transfer='a', hundred='a')
