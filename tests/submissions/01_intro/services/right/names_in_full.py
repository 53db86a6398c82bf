# The names in full, and those that AWS used before.
service_for = {
    "own_machine": "Amazon Elastic Compute Cloud (EC2)",
    "all_files": "Simple Storage Service",
    "one_disk": "Amazon EBS",
    "tables": "Amazon Relational Database Service (Amazon RDS)",
    "by_key": "Amazon DynamoDB",
    "ask_files": "amazon athena",
    "model": "SageMaker",
    "each_arrival": "AWS Lambda",
    "many_jobs": "AWS Batch",
    "private_net": "Virtual Private Cloud",
    "who_may": "AWS Identity and Access Management (IAM)",
    "the_bill": "AWS Budgets",
}
choices = dict(stopped="c", terminated="a", idle="b", month="d", may_wait="b", transfer="c", hundred="c")
