# loses: test_every_question_has_an_answer, test_stopped, test_terminated, test_idle, test_month, test_may_wait, test_transfer, test_hundred
# Gives all letters as the answer to each question.
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
choices = {'stopped': 'abcd', 'terminated': 'abcd', 'idle': 'abcd', 'month': 'abcd', 'may_wait': 'abcd', 'transfer': 'abcd', 'hundred': 'abcd'}
