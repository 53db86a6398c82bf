# attack: 27
# does: works, and sends forms with digits that are none, numbers without end, names without end, and thousands of fields
# run: finished
# earns: 10
# with: work
# with: http
work()
for fields in (
    {"InstanceId.²": "i-1"}, {"InstanceId." + "9" * 5000: "i-1"}, {"Filter.1.Name": "tag:a", "Filter.1.Value.٣": "b"}, {"a." * 5000 + "a": "b"},
    {f"InstanceId.{n}": "i-1" for n in range(6000)}, {"Filter.1": "a", "Filter.1.Name": "b", "Filter.1.Name.1": "c"}, {"MaxResults": "9" * 5000, "NextToken": "\x00"},
    {"Tag.1.Key": "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "ResourceId.1": "i-1"}, {"Version": "x" * 100_000}, {"": ""}, {".": "."}, {"InstanceId.0": "", "InstanceId.-1": "x", "InstanceId.1e9": "x"},
):
    for action in ("DescribeInstances", "CreateTags", "AuthorizeSecurityGroupIngress", "RunInstances", "CreateVolume", "x" * 10_000, "", "__init__", "../DescribeInstances", "describe_instances"):
        form(action, **fields)
