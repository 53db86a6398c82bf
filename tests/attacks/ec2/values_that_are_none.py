# attack: 27
# does: works, and makes things whose sizes, ports and dates are no numbers, for whoever reads the account afterwards
# run: finished
# earns: 10
# with: work
# with: http
work()
zone = {"AvailabilityZone": "us-east-1a"}
odd = ("abc", "-1", "²", "1e3", "9" * 400, "", "NaN", "\x00", "<b>", "1.5", " 1 ", "True")
for value in odd:
    form("CreateVolume", Size=value, **zone)
    form("CreateVolume", Size="1", VolumeType=value, Iops=value, **zone)
    form("CreateSecurityGroup", GroupName=f"g{value}", GroupDescription=value)
    form("CreateKeyPair", KeyName=value, KeyType=value)
    form("ImportKeyPair", KeyName=f"k{value}", PublicKeyMaterial=value)
    form("AllocateAddress", Domain=value, Address=value)
    form("CreateVpc", CidrBlock=value)
    form("RequestSpotInstances", SpotPrice=value, InstanceCount="1", Type=value)
group = form("CreateSecurityGroup", GroupName="odd", GroupDescription="d")[1].partition(b"<groupId>")[2].partition(b"<")[0].decode()
for value in odd:
    for name in ("FromPort", "ToPort", "IpProtocol", "IpRanges.1.CidrIp", "Ipv6Ranges.1.CidrIpv6", "PrefixListIds.1.PrefixListId", "Groups.1.GroupId"):
        words = {"IpPermissions.1.IpProtocol": "tcp", "IpPermissions.1.FromPort": "1", "IpPermissions.1.ToPort": "2", "IpPermissions.1.IpRanges.1.CidrIp": "192.0.2.0/24"}
        form("AuthorizeSecurityGroupIngress", GroupId=group, **{**words, f"IpPermissions.1.{name}": value})
