# Typed in, with the company's name before the services and the letters in capitals, as in a lecture's notes.
service_for = {
    "own_machine": "Amazon EC2",
    "all_files": "Amazon S3",
    "one_disk": "Amazon EBS",
    "tables": "Amazon RDS",
    "by_key": "Amazon DynamoDB",
    "ask_files": "Amazon Athena",
    "model": "Amazon SageMaker AI",
    "each_arrival": "AWS Lambda",
    "many_jobs": "AWS Batch",
    "private_net": "amazon vpc",
    "who_may": "AWS IAM",
    "the_bill": "AWS Budgets",
}
choices = {"stopped": "C", "terminated": "A", "idle": "B", "month": "D", "may_wait": "B", "transfer": "C", "hundred": "C"}
