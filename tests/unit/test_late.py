"""The late penalty: how large it is, and how it is spread over the notebooks of an assignment."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drycloud.classroom.gradebook.late import penalties, share
from drycloud.course import Late

shares = st.floats(0, 1)
late = st.builds(Late, penalty_per_day=shares, max_penalty=shares, grace_minutes=st.floats(0, 10_000))
seconds = st.floats(-1e9, 1e9)
points = st.floats(0, 100)
scores = st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=10), points, max_size=5)
always_the_same = settings(max_examples=150, derandomize=True, database=None, deadline=None)


@always_the_same
@given(late=late, one=seconds, two=seconds)
def test_lateness_costs_more_the_later_and_never_more_than_the_most(late: Late, one: float, two: float) -> None:
    """In time costs nothing; a later hour never costs less; the maximum holds."""
    sooner, later = sorted((one, two))
    assert 0 <= share(late, sooner) <= share(late, later) <= late.max_penalty
    if sooner <= late.grace_minutes * 60:
        assert share(late, sooner) == 0


@always_the_same
@given(late=late, seconds=seconds, scores=scores, extra=points)
def test_a_penalty_takes_no_mark_below_nothing(
    late: Late, seconds: float, scores: dict[str, float], extra: float
) -> None:
    """Spread over the notebooks it is the penalty, to the cent, or all that there is; none goes below 0."""
    most = sum(scores.values()) + extra
    taken = penalties(late, seconds, most, scores)
    assert taken.keys() == scores.keys()
    assert all(0 <= taken[name] <= scores[name] * (1 + 1e-9) for name in scores)
    assert all(100 * cents == pytest.approx(round(100 * cents)) for cents in taken.values())
    expected = min(share(late, seconds) * most, sum(scores.values()))
    # Half a cent by rounding the penalty, and less than one by what each notebook has below a cent, which stays.
    assert sum(taken.values()) == pytest.approx(expected, abs=0.005 + 0.01 * len(scores), rel=1e-9)
