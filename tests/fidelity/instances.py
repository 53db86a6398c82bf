"""Launching, states, key pairs, images, tags, Spot requests, regions."""

from fidelity.table import Row

ROWS = [
    Row(
        36,
        "ec2",
        "start_instances on a terminated instance",
        lambda lab: start_terminated(lab),
        "error IncorrectInstanceState",
        "started",
        "GH canonical/ubuntu-pro-client#1697",
    ),
]


def start_terminated(lab):
    ids = lab.launch()
    lab.ec2.terminate_instances(InstanceIds=ids)
    lab.wait("instance_terminated", ids)
    lab.ec2.start_instances(InstanceIds=ids)
    return "started"
