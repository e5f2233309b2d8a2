"""The only reader of "now"; honours SOURCE_DATE_EPOCH so that runs can be repeated."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from reportgen.errors import InputError

NEW_YORK = ZoneInfo("America/New_York")
BEIJING = ZoneInfo("Asia/Shanghai")


def now(environ: Mapping[str, str] = os.environ) -> datetime:
    """The present instant in UTC, or the one SOURCE_DATE_EPOCH names."""
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC)
    if not epoch.isdigit():
        raise InputError(
            f"{epoch!r} is not a number of seconds",
            where="SOURCE_DATE_EPOCH",
            remedy="set it to whole seconds since 1970-01-01 UTC, or unset it",
        )
    return datetime.fromtimestamp(int(epoch), UTC)


def at_new_york(day: date, clock_time: time) -> datetime:
    """The instant in UTC at which New York clocks show this day and time."""
    return datetime.combine(day, clock_time, NEW_YORK).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The last second of a New York day, in UTC."""
    return at_new_york(day, time(23, 59, 59))
