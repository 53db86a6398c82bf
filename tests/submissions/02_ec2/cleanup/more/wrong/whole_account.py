# loses: test_nothing_else_changed
# Ends whatever it finds.
import boto3

ec2 = boto3.resource("ec2")
for i in ec2.instances.all():
    i.terminate()
for i in ec2.instances.all():
    i.wait_until_terminated()
for v in ec2.volumes.all():
    v.delete()
for a in ec2.vpc_addresses.all():
    a.release()
for s in ec2.snapshots.filter(Filters=[{"Name": "owner-id", "Values": ["123456789012"]}]):
    s.delete()
