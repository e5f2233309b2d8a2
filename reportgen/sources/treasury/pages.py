"""What all tables of Fiscal Data share: query, pages, and the count that must be met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from reportgen.settings import SourceSettings
from reportgen.sources import reading
from reportgen.sources.feed import Request
from reportgen.sources.reading import Row

PAGE_ROWS = 10_000
MILLION = Decimal(10) ** 6


def table_request(
    feed: str,
    sources: SourceSettings,
    path: str,
    fields: Sequence[str],
    window: tuple[str, date, date],
) -> Request:
    """The rows of a table whose date field lies in a window.

    ``fields`` must hold the key columns: the service sums up rows that the fields left do not tell
    apart.
    """
    field, start, end = window
    return Request(
        feed,
        f"{sources.treasury.base_url}{path}",
        (
            ("fields", ",".join(fields)),
            ("filter", f"{field}:gte:{start},{field}:lte:{end}"),
            ("sort", ",".join(fields[:2])),
            ("format", "json"),
            ("page[size]", str(PAGE_ROWS)),
            ("page[number]", "1"),
        ),
        start,
        end,
    )


def following(page: bytes, request: Request) -> Request | None:
    """The next page while the service names one."""
    body = reading.json_object(page, request)
    links = body.fields.get("links")
    if not isinstance(links, dict) or "next" not in links:
        raise reading.malformed(request, "field links.next is missing")
    if links["next"] is None:
        return None
    if not body.records("data"):
        raise reading.malformed(request, "field links.next names a page after an empty one")
    number = int(dict(request.params)["page[number]"])
    return request.with_param("page[number]", str(number + 1))


def table_rows(pages: Sequence[bytes], request: Request) -> tuple[Row, ...]:
    """The rows of all pages; as many as the service has counted, and at least one."""
    rows: list[Row] = []
    promised = 0
    for page in pages:
        body = reading.json_object(page, request)
        rows += body.records("data")
        meta = body.fields.get("meta")
        count = meta.get("total-count") if isinstance(meta, dict) else None
        if not isinstance(count, int):
            raise reading.malformed(request, "field meta.total-count is missing")
        promised = count
    if len(rows) != promised:
        raise reading.malformed(
            request, f"{len(rows)} rows came, field meta.total-count says {promised}"
        )
    if not rows:
        raise reading.malformed(request, "the table is empty for this window")
    if len({repr(sorted(row.fields.items())) for row in rows}) < len(rows):
        raise reading.malformed(request, "a row of the field data came twice, so one may lack")
    return tuple(rows)
