"""boto3, the AWS CLI and s3fs, as a student's code or the trusted side uses them with this cloud.

Called by grading, practice and code in the sandbox. Knows no more about the cloud than any client.
"""
