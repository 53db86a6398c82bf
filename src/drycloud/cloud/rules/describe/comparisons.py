"""How much one call may compare; runs before the rules for filters, which remove filters from the request."""

import re

from drycloud.cloud.request.ask import Ask, AwsError
from drycloud.cloud.rules.registry import before

_COMPARISONS = 200_000  # a second of work
_WILDCARD = re.compile(r"[*?]")


@before("ec2", "*")
def filters_compare_so_much(ask: Ask) -> None:
    """Each value with a wildcard is compared with each tag and instance, and no other call is answered meanwhile.

    No row: AWS has no such limit, and the error message is ours.
    """
    patterns = [text for name, text in ask.form.items() if name.startswith("Filter.") and _WILDCARD.search(text)]
    if not patterns or ask.trusted:
        return
    things = sum(map(len, ask.ec2.tags.values())) + sum(len(made.instances) for made in ask.ec2.reservations.values())
    if len(patterns) * things > _COMPARISONS:
        words = f"This simulator compares {_COMPARISONS} tags and instances with wildcards in one call at most."
        raise AwsError("RequestLimitExceeded", f"{words} It is not an error of AWS.", 503)
