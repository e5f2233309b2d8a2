"""The bundled snapshot: what the file holds, what goes in comes out, and every kind of damage."""

from __future__ import annotations

import hashlib
import json
import lzma
import runpy
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.errors import DataError
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store import bundle

HEAD = {
    "id": "sofr",
    "publisher": "nyfed",
    "source": "fred",
    "identifier": "SOFR",
    "unit": "percent",
    "rows": 2,
}
ROWS = ("2025-11-28 4.12", "2025-12-01 4.12")


def text(
    head: dict[str, Any] = HEAD,
    rows: Iterable[str] = ROWS,
    magic: str = "reportgen history 1",
    checksum: str | None = None,
) -> str:
    """A snapshot by hand, with its right checksum unless another is given."""
    body = "\n".join([magic, "series " + json.dumps(head), *rows]) + "\n"
    return body + f"sha256 {checksum or hashlib.sha256(body.encode()).hexdigest()}\n"


def write(folder: Path, content: bytes) -> Path:
    path = folder / "history.xz"
    path.write_bytes(content)
    return path


def fault(path: Path) -> str:
    """The message of the one error a damaged file leads to; it names the file and a remedy."""
    with pytest.raises(DataError) as caught:
        bundle.read(path)
    error = caught.value
    assert error.exit_code == 3
    assert error.where == str(path)
    assert error.remedy
    assert error.message().startswith(f"{path}: ")
    return error.what


def test_the_shipped_file_is_small() -> None:
    assert 10_000 < bundle.PATH.stat().st_size < 1_500_000


def test_the_shipped_file_carries_its_checksum() -> None:
    content = lzma.decompress(bundle.PATH.read_bytes())
    body, _, last = content.rstrip(b"\n").rpartition(b"\n")
    checksum = hashlib.sha256(body + b"\n").hexdigest()
    assert last == f"sha256 {checksum}".encode()
    assert bundle.read().digest == checksum


def test_the_shipped_file_holds_every_row_once() -> None:
    snapshot = bundle.read()
    rows = Counter((row.series, row.date) for row in snapshot.observations)
    assert max(rows.values()) == 1
    counts = Counter(series for series, _ in rows)
    # Wednesdays from 2018-01-03 to 2025-12-03: 413 weeks and one; currency starts on 2019-10-02.
    assert counts["total_assets"] == counts["soma_mbs"] == counts["reserve_balances"] == 414
    assert counts["currency_in_circulation"] == 323
    # Month-ends from 2019-12 to 2025-11: six years of twelve.
    assert counts["bills_outstanding"] == 72
    # Calendar days from 2018-01-01 to 2025-12-05: 8 x 365 + 2 leap days - 26 days of December.
    assert counts["target_upper"] == counts["target_lower"] == 2896
    # Facility days from 2021-07-29, each with its rate.
    assert counts["srf_accepted"] == counts["srf_rate"] == 1087
    # 5 x 414 + 323 of H.4.1, 8 x 414 of SOMA, 2 x 1087, 2 x 1977 of ON RRP, 466 temporary
    # operations, 1918 + 1919 + 1991 + 1591 + 2 x 2896 rates, 2 x 72 + 1991 of the Treasury.
    assert len(rows) == 27_645
    assert snapshot.last_date == date(2025, 12, 5)
    assert min(row.date for row in snapshot.observations) == date(2018, 1, 1)


def test_the_shipped_rows_are_first_values_in_order() -> None:
    rows = bundle.read().observations
    assert {row.known_at for row in rows} == {None}
    for series in {row.series for row in rows}:
        dates = [row.date for row in rows if row.series == series]
        assert dates == sorted(dates)


def test_a_file_by_hand_is_read(tmp_path: Path) -> None:
    snapshot = bundle.read(write(tmp_path, lzma.compress(text().encode())))
    assert [(r.series, r.date, r.value, r.known_at) for r in snapshot.observations] == [
        ("sofr", date(2025, 11, 28), 4.12, None),
        ("sofr", date(2025, 12, 1), 4.12, None),
    ]
    assert snapshot.last_date == date(2025, 12, 1)


values = st.decimals(-(10**13), 10**13, places=4, allow_nan=False, allow_infinity=False)
tables = st.dictionaries(
    st.sampled_from([series.id for series in CATALOGUE]),
    st.dictionaries(st.dates(date(2018, 1, 1), date(2036, 12, 31)), values, max_size=8),
    min_size=1,
    max_size=4,
).filter(lambda table: any(table.values()))


@settings(deadline=None, max_examples=20)
@given(table=tables)
def test_what_is_written_is_read(
    table: dict[str, dict[date, Decimal]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bundle.encode({id: rows.items() for id, rows in table.items()}, CATALOGUE)
    snapshot = bundle.read(write(tmp_path_factory.mktemp("bundle"), content))
    found = {(row.series, row.date): row.value for row in snapshot.observations}
    assert len(found) == len(snapshot.observations)
    assert found == {
        (id, day): float(value) for id, rows in table.items() for day, value in rows.items()
    }
    assert snapshot.last_date == max(day for rows in table.values() for day in rows)


def test_equal_rows_give_equal_bytes_in_any_order() -> None:
    rows = [(date(2025, 12, 1), Decimal("4.12")), (date(2025, 11, 28), Decimal("4.120"))]
    iorb = [(date(2025, 12, 1), Decimal("3.90"))]
    first = bundle.encode({"sofr": rows, "iorb": iorb}, CATALOGUE)
    assert first == bundle.encode({"iorb": iorb, "sofr": rows[::-1]}, CATALOGUE)
    assert first != bundle.encode({"iorb": iorb, "sofr": rows[:1]}, CATALOGUE)


def test_a_missing_file(tmp_path: Path) -> None:
    assert "missing" in fault(tmp_path / "history.xz")


@pytest.mark.parametrize("kept", [0, 1, 5, 0.3, 0.9, -1], ids=str)
def test_a_truncated_file(tmp_path: Path, kept: float) -> None:
    content = lzma.compress(text().encode())
    length = int(kept * len(content)) if isinstance(kept, float) else kept
    assert "damaged" in fault(write(tmp_path, content[:length]))


def test_a_truncated_shipped_file(tmp_path: Path) -> None:
    content = bundle.PATH.read_bytes()
    assert "damaged" in fault(write(tmp_path, content[: len(content) // 2]))


def test_a_flipped_bit_at_any_place(tmp_path: Path) -> None:
    content = lzma.compress(text().encode())
    for place in range(len(content)):
        flipped = bytearray(content)
        flipped[place] ^= 1 << place % 8
        assert "damaged" in fault(write(tmp_path, bytes(flipped))), place


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    assert "damaged" in fault(write(tmp_path, text().encode()))
    assert "damaged" in fault(write(tmp_path, lzma.compress(b"\xff\xfe\xfa")))


@pytest.mark.parametrize(
    "content",
    [
        text(checksum="0" * 64),
        text().replace("4.12", "4.21", 1),
        text().replace("2025-12-01", "2025-12-02"),
        text().replace("sha256", "sha512"),
        text().removesuffix("\n").rpartition("\n")[0] + "\n",  # no checksum line
        text() + "2025-12-02 4.01\n",  # a row after it
        "",
    ],
    ids=["zeros", "value", "date", "algorithm", "none", "later row", "empty"],
)
def test_a_checksum_that_does_not_match(tmp_path: Path, content: str) -> None:
    assert "checksum" in fault(write(tmp_path, lzma.compress(content.encode())))


@pytest.mark.parametrize("magic", ["reportgen history 2", "something else", ""])
def test_another_version_or_format(tmp_path: Path, magic: str) -> None:
    content = lzma.compress(text(magic=magic).encode())
    assert "reportgen history 1" in fault(write(tmp_path, content))


@pytest.mark.parametrize(
    ("promised", "told"),
    [(1, "sofr has 1 rows more"), (3, "sofr has 1 rows fewer"), (0, "sofr has 2 rows more")],
)
def test_more_or_fewer_rows_than_the_head_says(tmp_path: Path, promised: int, told: str) -> None:
    content = text(HEAD | {"rows": promised})
    assert told in fault(write(tmp_path, lzma.compress(content.encode())))


def test_a_series_in_the_middle_with_too_few_rows(tmp_path: Path) -> None:
    second = "series " + json.dumps(HEAD | {"id": "tgcr", "rows": 1})
    content = text(HEAD | {"rows": 3}, [*ROWS, second, "2025-12-01 4.07"])
    assert "sofr has 1 rows fewer" in fault(write(tmp_path, lzma.compress(content.encode())))


def test_a_file_without_rows(tmp_path: Path) -> None:
    content = text(HEAD | {"rows": 0}, [])
    assert "no rows" in fault(write(tmp_path, lzma.compress(content.encode())))


@pytest.fixture(scope="module")
def maker() -> dict[str, Any]:
    """The script that writes the snapshot."""
    return runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_bundle.py"))


def test_the_script_converts_units_and_leaves_out_blanks_and_other_years(
    tmp_path: Path, maker: dict[str, Any]
) -> None:
    (tmp_path / "assets.csv").write_text(
        "day,value\n2017-12-27,1\n2018-01-03,4443718\n2018-01-10,\n2025-12-05,6535781\n2025-12-06,2\n"
    )
    rows = list(maker["read_table"](tmp_path, "assets", "value", Decimal(10) ** 6))
    assert rows == [
        (date(2018, 1, 3), Decimal(4_443_718_000_000)),
        (date(2025, 12, 5), Decimal(6_535_781_000_000)),
    ]


def test_the_script_sets_a_rate_from_its_effective_date_on(
    tmp_path: Path, maker: dict[str, Any]
) -> None:
    (tmp_path / "rate.csv").write_text(
        "announcement_date,effective_date,rate_percent\n"
        "2025-09-17,2025-09-18,4.25\n2025-10-29,2025-10-30,4.00\n"
    )
    days = [date(2025, 10, 28), date(2025, 10, 29), date(2025, 10, 30), date(2025, 10, 31)]
    rates = [rate for _, rate in maker["read_decisions"](tmp_path, "rate", days)]
    assert rates == [Decimal("4.25"), Decimal("4.25"), Decimal("4.00"), Decimal("4.00")]
