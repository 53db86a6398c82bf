"""A patch of moto's requests: their numbers do not follow from the seed, from which ids follow."""

import uuid

from drycloud.patching import Patch


def _number_requests_apart() -> None:
    # How often code asks whether a machine runs depends on timing, and must not decide the ids of what it makes
    # afterwards.
    from moto.core import responses

    responses.gen_amzn_requestid_long = _number_request


def _number_request(headers: dict[str, str]) -> str:
    headers["x-amzn-requestid"] = str(uuid.uuid4())
    return headers["x-amzn-requestid"]


PATCHES = (
    Patch(
        _number_requests_apart,
        "moto takes the number of each request from the same source as the ids of what is made.",
        "5.2.5",
        shown_by="test_stock_moto.py::test_the_fault_is_there[requests]",
    ),
)
