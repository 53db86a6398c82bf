"""botocore's times, read quickly, are those that botocore reads."""

from datetime import datetime, timedelta, timezone

from botocore.utils import parse_timestamp
from hypothesis import given
from hypothesis import strategies as st

from drycloud.cloud.patches.quick_botocore import _timestamp

MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 31))
FORMS = ("%a, %d %b %Y %H:%M:%S GMT", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%fZ", "%Y%m%dT%H%M%SZ", "%Y-%m-%d")


@given(MOMENTS, st.sampled_from(FORMS))
def test_they_are_the_same(moment: datetime, form: str) -> None:
    """Whatever the form, the value and its distance from UTC are botocore's own."""
    text = moment.strftime(form)
    ours, theirs = _timestamp(text), parse_timestamp(text)
    assert (ours, ours.utcoffset()) == (theirs, theirs.utcoffset())


def test_other_zones_are_left_to_botocore() -> None:
    """A time of another zone is not taken for one in GMT."""
    assert _timestamp("Thu, 26 Nov 2026 22:45:02 +0100") == datetime(
        2026, 11, 26, 22, 45, 2, tzinfo=timezone(timedelta(hours=1))
    )
