# boto3 and its resource API, in the place of the shell; the file has Windows line ends.
import boto3

filters = {
    f"tag:{given.TAG_KEY}": given.TAG_VALUE,
    "instance-type": given.INSTANCE_TYPE,
    "instance-state-name": "running",
}
found = boto3.resource("ec2").instances.filter(Filters=[{"Name": k, "Values": [v]} for k, v in filters.items()])
with open("running.txt", "w", newline="\r\n") as file:
    file.writelines(f"{id}\n" for id in sorted(machine.id for machine in found))
