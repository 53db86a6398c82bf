# Made by code: each service with a word of its need; the first that occurs in a sentence is taken.
words = {
    "EC2": "log in to a Linux computer",
    "S3": "outlive",
    "EBS": "GB more of disk",
    "RDS": "foreign keys",
    "DynamoDB": "looks up",
    "Athena": "question in SQL",
    "SageMaker AI": "predictions",
    "Lambda": "lines of Python",
    "Batch": "queue",
    "VPC": "subnets",
    "IAM": "may read",
    "Budgets": "mail before",
}


def service_of(sentence):
    return next(name for name in given.services if words.get(name, "\0") in sentence)


service_for = {key: service_of(sentence) for key, sentence in given.needs.items()}
choices = dict(zip(["stopped", "terminated", "idle", "month", "may_wait", "transfer", "hundred"], "cabdbcc"))
