"""Where moto differs from AWS: each rule is small, independent, and says which operation it is for.

A rule registered with `before` reads the request and the account before moto does. It raises the AwsError that AWS
would return, rewrites the request, answers it itself, or lets it pass. One registered with `after` reads moto's answer
and may correct the account or the answer. Numbers in brackets are rows of docs/fidelity.md: the reason for a rule, and
what a newer moto may make unnecessary.
"""

from importlib import import_module

from drycloud.cloud.rules.registry import refusal, respond

# The modules register their rules when they are imported; they run in this order.
for _name in (
    "describe.requested_ids",
    "describe.comparisons",
    "describe.filters",
    "required",
    "ids",
    "existence",
    "describe.regions",
    "ec2.instances",
    "ec2.tokens",
    "ec2.templates",
    "ec2.tags",
    "ec2.launching",
    "ec2.interfaces",
    "ec2.disks",
    "ec2.protection",
    "ec2.attributes",
    "ec2.groups",
    "describe.shapes",
    "ec2.permissions",
    "ec2.rule_changes",
    "ec2.networking",
    "ec2.storage",
    "ec2.transitions",
    "ec2.keys",
    "ec2.images",
    "ec2.spot",
    "describe.paging",
    "ec2.spotprices",
    "s3.documents",
    "s3.buckets",
    "s3.access",
    "s3.acls",
    "s3.listing",
    "room",
    "s3.objects",
    "s3.labels",
    "s3.uploads",
    "s3.parts",
    "s3.under_way",
    "s3.customer_keys",
    "describe.dry",
):
    import_module(f"drycloud.cloud.rules.{_name}")

__all__ = ["refusal", "respond"]
