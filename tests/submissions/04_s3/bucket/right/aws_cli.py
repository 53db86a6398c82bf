# The AWS CLI by "!" and by subprocess.
import subprocess

!aws s3 mb "s3://{given.bucket}" --region {given.region}
for words in (
    f"put-bucket-tagging --tagging TagSet=[{{Key=owner,Value={given.owner}}}]",
    "put-public-access-block --public-access-block-configuration "
    "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true",
):
    command = ["aws", "s3api", *words.split(), "--bucket", given.bucket, "--region", given.region]
    subprocess.run(command, check=True)
