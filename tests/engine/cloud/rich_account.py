"""An account with something of each usual kind, and calls that need values of their own; for changing_calls."""

import json
from typing import Any

from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine

ZONE, CIDR = "us-east-1a", "10.1.0.0/24"
ASSUMED = '{"Version": "2012-10-17", "Statement": []}'


def world() -> dict[str, Any]:
    """Set up an account with something of each usual kind; the values for parameters, by the parameters' names."""
    ec2, s3 = client("ec2"), client("s3")
    image = ec2.describe_images(Filters=[{"Name": "name", "Values": ["al2023*x86_64"]}])["Images"][0]["ImageId"]
    launch = {"ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1}
    ec2.create_key_pair(KeyName="pair")
    group = ec2.create_security_group(GroupName="web", Description="d")["GroupId"]
    rules = [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": CIDR, "Description": "d"}]}]
    rule = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rules)["SecurityGroupRules"][0]
    one = ec2.run_instances(**launch, KeyName="pair", SecurityGroupIds=[group])["Instances"][0]
    own = ec2.create_image(InstanceId=one["InstanceId"], Name="mine")["ImageId"]
    volume = ec2.create_volume(AvailabilityZone=ZONE, Size=9)["VolumeId"]
    address = ec2.allocate_address(Domain="vpc")
    used = ec2.allocate_address(Domain="vpc")["AllocationId"]
    association = ec2.associate_address(InstanceId=one["InstanceId"], AllocationId=used)["AssociationId"]
    spot = ec2.request_spot_instances(LaunchSpecification={"ImageId": image, "InstanceType": "t3.micro"})
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    other = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    idle = ec2.create_subnet(VpcId=other, CidrBlock="10.1.1.0/24")["Subnet"]["SubnetId"]
    table = ec2.create_route_table(VpcId=other)["RouteTable"]["RouteTableId"]
    acl = ec2.describe_network_acls()["NetworkAcls"][0]
    gateway = ec2.describe_internet_gateways()["InternetGateways"][0]["InternetGatewayId"]
    eni = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    template = {"ImageId": image, "InstanceType": "t3.micro"}
    plan = ec2.create_launch_template(LaunchTemplateName="plan", LaunchTemplateData=template)["LaunchTemplate"]
    options = ec2.create_dhcp_options(DhcpConfigurations=[{"Key": "domain-name", "Values": ["example.org"]}])
    peering = ec2.create_vpc_peering_connection(VpcId=vpc, PeerVpcId=other)["VpcPeeringConnection"]
    endpoint = ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3", RouteTableIds=[table])
    own_gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    vpn = ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
    customer = ec2.create_customer_gateway(Type="ipsec.1", PublicIp="198.51.100.9", BgpAsn=65000)["CustomerGateway"]
    bound = ec2.associate_route_table(RouteTableId=table, SubnetId=idle)["AssociationId"]
    mine = [{"Name": "attachment.instance-id", "Values": [one["InstanceId"]]}]
    disk = ec2.describe_volumes(Filters=mine)["Volumes"][0]
    usual = ec2.describe_route_tables(Filters=[{"Name": "association.main", "Values": ["true"]}])["RouteTables"]
    s3.create_bucket(Bucket="there")
    s3.put_bucket_versioning(Bucket="there", VersioningConfiguration={"Status": "Enabled"})
    version = s3.put_object(Bucket="there", Key="key", Body=b"text")["VersionId"]
    s3.create_bucket(Bucket="plain")
    s3.put_object(Bucket="plain", Key="key", Body=b"text")
    upload = s3.create_multipart_upload(Bucket="there", Key="big")["UploadId"]
    part = s3.upload_part(Bucket="there", Key="big", UploadId=upload, PartNumber=1, Body=b"part")["ETag"]
    return {
        "InstanceId": one["InstanceId"],
        "ImageId": own,
        "VolumeId": volume,
        "GroupId": group,
        "KeyName": "pair",
        "SnapshotId": ec2.create_snapshot(VolumeId=volume)["SnapshotId"],
        "AllocationId": address["AllocationId"],
        "AssociationId": association,
        "SubnetId": subnet,
        "VpcId": vpc,
        "RouteTableId": table,
        "Device": "/dev/sdx",
        "NetworkAclId": acl["NetworkAclId"],
        "InternetGatewayId": gateway,
        "NetworkInterfaceId": eni,
        "SpotInstanceRequestId": spot["SpotInstanceRequests"][0]["SpotInstanceRequestId"],
        "PeerVpcId": other,
        "NatGatewayId": ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address["AllocationId"])["NatGateway"][
            "NatGatewayId"
        ],
        "LaunchTemplateName": "plan",
        "AvailabilityZone": ZONE,
        "Resources": group,
        "Key": "key",
        "Value": "value",
        "SecurityGroupRuleId": rule["SecurityGroupRuleId"],
        "CidrBlock": CIDR,
        "DestinationCidrBlock": "10.9.0.0/16",
        "CidrIp": "10.8.0.0/16",
        "IpProtocol": "tcp",
        "FromPort": 8080,
        "ToPort": 8080,
        "Port": 80,
        "GatewayId": gateway,
        "InstanceType": "t3.small",
        "MinCount": 1,
        "MaxCount": 1,
        "Size": 12,
        "Protocol": "tcp",
        "RuleNumber": 77,
        "RuleAction": "deny",
        "Egress": False,
        "SourceRegion": "us-east-1",
        "SourceImageId": own,
        "Bucket": "there",
        "SourceSnapshotId": ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"][0]["SnapshotId"],
        "Name": "new",
        "CopySource": "plain/key",
        "UploadId": upload,
        "PartNumber": 1,
        "ETag": part,
        "VersionId": version,
        "ID": "x",
        "Body": b"other",
        "Policy": ASSUMED,
        "Id": "x",
        "Status": "Enabled",
        "PublicIp": address["PublicIp"],
        "IpAddress": "10.8.0.1",
        "Attribute": "launchPermission",
        "AttributeName": "autoAcceptSharedAttachments",
        "AllowedMethods": "GET",
        "AllowedOrigins": "*",
        "Suffix": "index.html",
        "Days": 3,
        "Prefix": "",
        "PrivateIpAddress": "172.31.0.77",
        "UserId": "111122223333",
        "Groups": group,
        "UserIds": "111122223333",
        "SecurityGroupId": group,
        "Description": "words",
        "GroupName": "web",
        "DeviceName": "/dev/xvda",
        "ServiceName": "com.amazonaws.us-east-1.s3",
        "CustomerGatewayId": customer["CustomerGatewayId"],
        "VpnGatewayId": vpn,
        "DhcpOptionsId": options["DhcpOptions"]["DhcpOptionsId"],
        "VpcPeeringConnectionId": peering["VpcPeeringConnectionId"],
        "VpcEndpointId": endpoint["VpcEndpoint"]["VpcEndpointId"],
        "own_gateway": own_gateway,
        "bound": bound,
        "disk": disk["VolumeId"],
        "LaunchTemplateId": plan["LaunchTemplateId"],
        "main": next(t["RouteTableId"] for t in usual if t["VpcId"] == vpc),
        "public": image,
        "group": group,
        "upload": upload,
        "PeerOwnerId": engine.ACCOUNT,
        "OwnerId": engine.ACCOUNT,
        "BgpAsn": 65000,
        "CIDR": CIDR,
        "Cidr": CIDR,
        "OperationType": "add",
        "PublicKeyMaterial": b"",
        "InstanceCount": 1,
        "TargetBucket": "plain",
        "TargetPrefix": "logs/",
        "Payer": "Requester",
        "MaxEntries": 5,
        "PrefixListName": "mine",
        "RestorableDays": 1,
        "AddressFamily": "IPv4",
        "idle": idle,
        "other": other,
        "PreviousAssociationId": acl["Associations"][0]["NetworkAclAssociationId"],
    }


def special(known: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """By operation, calls that need values of their own."""
    one, group, table = known["InstanceId"], known["group"], known["RouteTableId"]
    launch = {"ImageId": known["public"], "InstanceType": "t3.micro"}
    rule = {
        "IpProtocol": "tcp",
        "FromPort": 80,
        "ToPort": 80,
        "IpRanges": [{"CidrIp": CIDR, "Description": "new words"}],
    }
    outgoing = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    upload = {"Bucket": "there", "Key": "big", "UploadId": known["upload"]}
    grant = {
        "Effect": "Allow",
        "Principal": {"AWS": "111122223333"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::there/*",
    }
    expiry = {"ID": "x", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
    return {
        "AttachInternetGateway": [{"InternetGatewayId": known["own_gateway"], "VpcId": known["other"]}],
        "CreateFlowLogs": [
            {
                "ResourceIds": [known["VpcId"]],
                "ResourceType": "VPC",
                "TrafficType": "ALL",
                "LogDestinationType": "s3",
                "LogDestination": "arn:aws:s3:::plain",
            }
        ],
        "CreateFleet": [
            {
                "LaunchTemplateConfigs": [
                    {"LaunchTemplateSpecification": {"LaunchTemplateId": known["LaunchTemplateId"], "Version": "1"}}
                ],
                "TargetCapacitySpecification": {"TotalTargetCapacity": 1, "DefaultTargetCapacityType": "on-demand"},
            }
        ],
        "CreateKeyPair": [{"KeyName": "another"}],
        "CreateLaunchTemplate": [{"LaunchTemplateName": "another", "LaunchTemplateData": launch}],
        "CreateSecurityGroup": [{"GroupName": "another", "Description": "d"}],
        "CreateVpcPeeringConnection": [{"VpcId": known["VpcId"], "PeerVpcId": known["other"]}],
        "DeleteRoute": [{"RouteTableId": known["main"], "DestinationCidrBlock": "0.0.0.0/0"}],
        "DeleteInternetGateway": [{"InternetGatewayId": known["own_gateway"]}],
        "DetachVolume": [{"VolumeId": known["disk"], "InstanceId": one}, {"VolumeId": known["disk"], "Force": True}],
        "DisassociateRouteTable": [{"AssociationId": known["bound"]}],
        "ReplaceRouteTableAssociation": [{"AssociationId": known["bound"], "RouteTableId": table}],
        "ReplaceRoute": [
            {"RouteTableId": known["main"], "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": known["own_gateway"]}
        ],
        "RequestSpotInstances": [
            {"LaunchSpecification": launch},
            {"LaunchSpecification": launch, "Type": "persistent"},
        ],
        "RequestSpotFleet": [
            {
                "SpotFleetRequestConfig": {
                    "IamFleetRole": "arn:aws:iam::123456789012:role/fleet",
                    "TargetCapacity": 1,
                    "LaunchSpecifications": [launch],
                }
            }
        ],
        "RevokeSecurityGroupEgress": [{"GroupId": group, "IpPermissions": outgoing}],
        "RevokeSecurityGroupIngress": [{"GroupId": group, "IpPermissions": [rule]}],
        "UpdateSecurityGroupRuleDescriptionsIngress": [{"GroupId": group, "IpPermissions": [rule]}],
        "ModifySnapshotAttribute": [
            {
                "SnapshotId": known["SnapshotId"],
                "Attribute": "createVolumePermission",
                "OperationType": "add",
                "GroupNames": ["all"],
            }
        ],
        "ModifyImageAttribute": [{"ImageId": known["ImageId"], "LaunchPermission": {"Add": [{"Group": "all"}]}}],
        "CreateTags": [
            {"Resources": [id], "Tags": [{"Key": "a", "Value": "b"}]}
            for id in (
                known["SubnetId"],
                known["VpcId"],
                table,
                known["SnapshotId"],
                known["SecurityGroupRuleId"],
                known["VolumeId"],
            )
        ],
        "RunInstances": [{**launch, "MinCount": 1, "MaxCount": 1}],
        "AbortMultipartUpload": [upload],
        "CompleteMultipartUpload": [
            {**upload, "MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": known["ETag"]}]}}
        ],
        "UploadPart": [{**upload, "PartNumber": 2, "Body": b"more"}],
        "UploadPartCopy": [{**upload, "PartNumber": 2, "CopySource": "plain/key"}],
        "PutBucketAcl": [{"Bucket": "there", "ACL": "private"}],
        "PutBucketCors": [
            {
                "Bucket": "there",
                "CORSConfiguration": {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]},
            }
        ],
        "PutBucketLifecycleConfiguration": [{"Bucket": "there", "LifecycleConfiguration": {"Rules": [expiry]}}],
        "PutBucketPolicy": [{"Bucket": "there", "Policy": json.dumps({"Version": "2012-10-17", "Statement": [grant]})}],
        "PutBucketWebsite": [{"Bucket": "there", "WebsiteConfiguration": {"IndexDocument": {"Suffix": "index.html"}}}],
        "PutBucketVersioning": [
            {"Bucket": bucket, "VersioningConfiguration": {"Status": status}}
            for bucket, status in (("there", "Suspended"), ("plain", "Enabled"))
        ],
        "PutPublicAccessBlock": [{"Bucket": "there", "PublicAccessBlockConfiguration": {"BlockPublicAcls": False}}],
        "PutObjectLockConfiguration": [
            {
                "Bucket": "there",
                "ObjectLockConfiguration": {
                    "ObjectLockEnabled": "Enabled",
                    "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}},
                },
            }
        ],
        "DeleteBucketEncryption": [{"Bucket": "plain"}],
    }
