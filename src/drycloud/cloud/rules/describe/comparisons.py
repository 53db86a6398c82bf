"""How much one call may compare; runs before the rules for filters, which remove filters from the request."""

import re

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.registry import before

_COMPARISONS = 200_000  # a second of work
_WILDCARD = re.compile(r"[*?]")


@before("ec2", "*")
def comparisons_are_limited(request: AwsRequest) -> None:
    """Each value with a wildcard is compared with each tag and instance, and no other call is answered meanwhile.

    No row: AWS has no such limit, and the error message is ours.
    """
    patterns = [text for name, text in request.form.items() if name.startswith("Filter.") and _WILDCARD.search(text)]
    if not patterns or request.trusted:
        return
    things = sum(map(len, request.ec2.tags.values())) + sum(
        len(made.instances) for made in request.ec2.reservations.values()
    )
    if len(patterns) * things > _COMPARISONS:
        words = f"This simulator compares {_COMPARISONS} tags and instances with wildcards in one call at most."
        raise AwsError("RequestLimitExceeded", f"{words} It is not an error of AWS.", 503)
