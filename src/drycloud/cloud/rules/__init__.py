"""Where moto differs from AWS: each rule is small, stands alone, and says which operation it concerns.

A rule made with `before` looks at the request and at the account before moto does. It raises the AwsError that AWS
would answer, rewrites the request, answers it itself, or lets it pass. One made with `after` looks at moto's answer and
may mend the account or the answer. Numbers in brackets are rows of docs/fidelity.md: what a rule is there for, and what
a newer moto may make needless.
"""

from importlib import import_module

from drycloud.cloud.rules.registry import refusal, respond

# The modules register their rules when they are imported; the order is that in which rules are asked.
for _name in (
    "named",
    "comparisons",
    "filters",
    "required",
    "ids",
    "existence",
    "regions",
    "instances",
    "tokens",
    "templates",
    "tags",
    "launching",
    "interfaces",
    "disks",
    "protection",
    "attributes",
    "groups",
    "shapes",
    "permissions",
    "rule_changes",
    "networking",
    "storage",
    "transitions",
    "keys",
    "images",
    "spot",
    "paging",
    "spotprices",
    "documents",
    "buckets",
    "access",
    "acls",
    "listing",
    "room",
    "objects",
    "labels",
    "uploads",
    "parts",
    "under_way",
    "customer_keys",
    "dry",
):
    import_module(f"drycloud.cloud.rules.{_name}")

__all__ = ["refusal", "respond"]
