"""Patches of moto's constants: who asks, what rules tell, requests of fleets, and what old types run."""

import re
from functools import wraps
from typing import Any

from drycloud.cloud.moto import engine
from drycloud.patching import Patch

USER = "student"
_USER_ID = "AIDADRYCLOUDSTUDENT01"
PARAVIRTUAL = re.compile(r"(t1|m1|m2|c1)\..*")  # families of before 2012: no image of today runs on them


def _name_the_caller() -> None:
    from moto.sts.models import STSBackend

    known = STSBackend.get_caller_identity

    @wraps(known)
    def get_caller_identity(self: Any, access_key_id: str, region: str) -> tuple[str, str, str]:
        id, arn, account = known(self, access_key_id, region)
        if account == engine.ACCOUNT and arn.endswith(":user/moto"):
            return _USER_ID, f"arn:aws:iam::{account}:user/{USER}", account
        return id, arn, account

    STSBackend.get_caller_identity = get_caller_identity


def _tell_of_rules_whose_they_are() -> None:
    from moto.ec2.models.security_groups import SecurityGroupRule

    def description(self: Any) -> Any:
        return self.ip_range.get("Description") or self.source_group.get("Description")

    SecurityGroupRule.group_owner_id = SecurityGroupRule.owner_id
    SecurityGroupRule.description = property(description)


def _tag_templates_later() -> None:
    from moto.ec2.models.launch_templates import LaunchTemplate

    def keep(self: Any, tags: Any) -> None:
        """moto keeps them when it makes a template, and once more with all tags."""

    LaunchTemplate.tags = property(LaunchTemplate.get_tags, keep)


def _make_interfaces_the_callers() -> None:
    from moto.ec2.models.elastic_network_interfaces import NetworkInterface

    def keep(self: Any, id: str) -> None:
        """moto sets its own."""

    NetworkInterface.requester_id = property(lambda _: _USER_ID, keep)


def _date_requests_of_fleets() -> None:
    from moto.core.utils import iso_8601_datetime_with_milliseconds, utcnow
    from moto.ec2.models.spot_requests import SpotInstanceRequest

    def created(self: Any) -> str:
        when = self.__dict__.setdefault("_tick", iso_8601_datetime_with_milliseconds(utcnow()))
        return str(when)

    def status(self: Any) -> dict[str, Any]:
        return {"Code": self._status_code, "Message": self.status_message, "UpdateTime": created(self)}

    SpotInstanceRequest.create_time, SpotInstanceRequest.status = property(created), property(status)


def _name_fleets_as_aws() -> None:
    from moto.ec2.models import spot_requests
    from moto.ec2.utils import random_fleet_id

    spot_requests.random_spot_fleet_request_id = lambda: random_fleet_id().replace("fleet-", "sfr-")


def _let_old_types_be_as_launches_find_them() -> None:
    from moto.ec2.models.instance_types import INSTANCE_TYPES, InstanceTypeBackend

    for about in (*INSTANCE_TYPES.values(), *InstanceTypeBackend.instance_types):
        if PARAVIRTUAL.fullmatch(about["InstanceType"]):
            about["SupportedVirtualizationTypes"] = ["paravirtual"]


PATCHES = (
    Patch(
        _name_the_caller,
        "moto calls the caller by an ARN that no user has: of STS, and with the id of an example.",
        "5.2.5",
        rows=(296, 328),
    ),
    Patch(
        _tell_of_rules_whose_they_are,
        "moto's rules have no owner of their group, and no description where a group is the source.",
        "5.2.5",
        rows=(402,),
    ),
    Patch(
        _tag_templates_later,
        "A launch template's tags are those that it has; moto answers with those that it was made with.",
        "5.2.5",
        rows=(409,),
    ),
    Patch(
        _make_interfaces_the_callers,
        "moto says that all network interfaces were requested by a user of its own.",
        "5.2.5",
        rows=(426,),
    ),
    Patch(
        _date_requests_of_fleets,
        "moto dates the requests of a Spot fleet to 2015.",
        "5.2.5",
        shown_by="test_stock_moto.py::test_the_fault_is_there[fleets]",
    ),
    Patch(
        _name_fleets_as_aws,
        "The id of a Spot fleet's request is a UUID; moto makes one that our own rule would call malformed.",
        "5.2.5",
        rows=(431,),
    ),
    Patch(
        _let_old_types_be_as_launches_find_them,
        "moto says that instance types of before 2012 run the images of today.",
        "5.2.5",
        rows=(329,),
    ),
)
