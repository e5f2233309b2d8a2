"""Whatever a provider sends: observations of the feed, or the error; never another exception."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.answers import ANSWERS, EVERY, read_or_refused
from tests.sources.recorded import encoded

quick = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])


def paths(payload: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every part of a payload, whole first."""
    inner: list[Any] = []
    if isinstance(payload, dict):
        inner = list(payload)
    elif isinstance(payload, list):
        inner = list(range(len(payload)))
    return [path, *(p for name in inner for p in paths(payload[name], (*path, name)))]


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**25), 10**25),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", ".", "null", "NA", "1e999999", "-0", "2025-11-26", "٣", "9" * 400]),
    st.text(max_size=8),
    st.just([]),
    st.just({}),
    st.just([{}]),
)


@quick
@given(data=st.data())
def test_a_part_that_is_taken_away_or_replaced_never_ends_in_another_error(
    data: st.DataObject,
) -> None:
    answered = data.draw(st.sampled_from(ANSWERS))
    payload = copy.deepcopy(json.loads(answered.body))
    *way, last = data.draw(st.sampled_from(paths(payload)[1:]))
    part = payload
    for name in way:
        part = part[name]
    if data.draw(st.booleans()):
        del part[last]
    else:
        part[last] = data.draw(VALUES)
    read_or_refused(answered, encoded(payload))


@quick
@given(data=st.data())
def test_bytes_put_in_or_cut_off_never_end_in_another_error(data: st.DataObject) -> None:
    answered = data.draw(st.sampled_from(EVERY))
    at = data.draw(st.integers(0, len(answered.body)))
    inserted = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"e99999", b"9E+999999999999999999", b"\n", b","])
    )
    rest = data.draw(st.sampled_from([b"", answered.body[at:], answered.body[at + 1 :]]))
    read_or_refused(answered, answered.body[:at] + inserted + rest)
