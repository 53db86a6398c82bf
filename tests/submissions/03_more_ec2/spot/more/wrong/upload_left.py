# loses: test_no_request_is_left
# Begins to store a result in parts, and never ends the upload.
import boto3

ec2 = boto3.client("ec2")

# 1. Ask for a Spot Instance, at given.max_price at most.
answer = ec2.request_spot_instances(
    SpotPrice=given.max_price,
    Type="one-time",
    LaunchSpecification={"ImageId": given.image_id, "InstanceType": given.instance_type},
)
request_id = answer["SpotInstanceRequests"][0]["SpotInstanceRequestId"]

# 2. Wait until the request has its instance, and until that one runs.
ec2.get_waiter("spot_instance_request_fulfilled").wait(SpotInstanceRequestIds=[request_id])
found = ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[request_id])
instance_id = found["SpotInstanceRequests"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])

# 3. Leave nothing behind.
ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[request_id])
ec2.terminate_instances(InstanceIds=[instance_id])
ec2.get_waiter("instance_terminated").wait(InstanceIds=[instance_id])

s3 = boto3.client("s3")
s3.create_bucket(Bucket="results-of-the-spot-job")
upload = s3.create_multipart_upload(Bucket="results-of-the-spot-job", Key="result.bin")["UploadId"]
s3.upload_part(Bucket="results-of-the-spot-job", Key="result.bin", UploadId=upload, PartNumber=1, Body=b"0" * 1000)
