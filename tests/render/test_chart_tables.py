"""The gate of tables below charts: a cell that is not in the CSV of its chart stops the build."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import resources
from reportgen.errors import CheckError
from reportgen.language.locale import Locale
from reportgen.render import chart_tables, trace
from tests.conftest import LANGUAGES
from tests.render.made import AS_OF, edition, page

DATED = "date,One,账户Two\n2025-12-01,1250.4,\n2025-12-02,-0.06,3.55\n"
YEARS = "year,One\n2024,-1194.074286\n2025,2\n"
ITEMS = 'item,value\n"Notes, bonds",870\nFed,-480.25\n'


def table(*rows: tuple[str, ...], chart: str = "x") -> str:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="chart-table" data-chart="{chart}"><caption>c</caption>{cells}</table>'


def check(html: str, data: str, language: Locale) -> None:
    tables = trace.read_page(html).chart_tables
    chart_tables.check(tables, {"x": data.encode("utf-8-sig")}, language)


def heads(*others: str) -> tuple[str, ...]:
    return ("Date", *others)


RIGHT = [
    (DATED, heads("One", "账户 Two"), ("Dec 1, 2025", "1,250.4", "–")),
    (DATED, heads("One", "账户Two"), ("Dec 2, 2025", "−0.06", "3.6")),
    (DATED, heads("One", "账户Two"), ("Dec\xa02,\xa02025", "−0.1", "3.5")),
    (DATED, heads("One", "账户Two"), ("Dec 2, 2025", "0", "4")),
    (YEARS, heads("One"), ("2024", "−1,194")),
    (ITEMS, heads("Value"), ("Notes, bonds", "870.00")),
    (ITEMS, heads("Value"), ("Fed", "−480.2")),
]


@pytest.mark.parametrize(("data", "head", "row"), RIGHT)
def test_what_the_csv_has(
    english: Locale, data: str, head: tuple[str, ...], row: tuple[str, ...]
) -> None:
    check(table(head, row), data, english)


WRONG = [
    (DATED, heads("One", "账户Two"), ("Dec 1, 2025", "1,250.5", "–"), "is printed for 1250.4"),
    (DATED, heads("One", "账户Two"), ("Dec 1, 2025", "−1,250.4", "–"), "is printed for 1250.4"),
    (DATED, heads("One", "账户Two"), ("Dec 1, 2025", "1250.4", "–"), "is printed for 1250.4"),
    (DATED, heads("One", "账户Two"), ("Dec 1, 2025", "1,250.4", "0"), "is printed for missing"),
    (DATED, heads("One", "账户Two"), ("Dec 2, 2025", "−0.06", "–"), "is printed for 3.55"),
    (DATED, heads("One", "账户Two"), ("Dec 2, 2025", "-0.06", "3.55"), "is printed for -0.06"),
    (DATED, heads("One", "账户Two"), ("Dec 2, 2025", "−0.06", ""), "is printed for 3.55"),
    (DATED, heads("One", "账户Two"), ("Dec 2, 2025", "−0.06", "3.55 billion"), "is printed for"),
    (DATED, heads("One", "账户Two"), ("Dec 3, 2025", "1,250.4", "–"), "is no row of it"),
    (DATED, heads("One", "账户Two"), ("Dec 1, 2025", "1,250.4"), "is no row of it"),
    (DATED, heads("账户Two", "One"), ("Dec 1, 2025", "1,250.4", "–"), "its columns are"),
    (DATED, heads("One"), ("Dec 1, 2025", "1,250.4"), "its columns are"),
    (YEARS, heads("One"), ("2025年", "2"), "is no row of it"),
    (YEARS, heads("Two"), ("2025", "2"), "its columns are"),
    (ITEMS, heads("Value"), ("Notes", "870"), "is no row of it"),
    ("", heads("Value"), ("Notes", "870"), "its CSV cannot be read"),
    ("day,One\n2025-12-01,1\n", heads("One"), ("Dec 1, 2025", "1"), "its CSV cannot be read"),
    ("date,One\n2025-12-01,x\n", heads("One"), ("Dec 1, 2025", "1"), "its CSV cannot be read"),
]


@pytest.mark.parametrize(("data", "head", "row", "what"), WRONG)
def test_what_the_csv_has_not(
    english: Locale, data: str, head: tuple[str, ...], row: tuple[str, ...], what: str
) -> None:
    with pytest.raises(CheckError) as caught:
        check(table(head, row), data, english)
    assert what in caught.value.what
    assert caught.value.where == "en"


def test_a_row_twice_no_rows_and_no_csv(english: Locale) -> None:
    row = ("2025", "2")
    with pytest.raises(CheckError, match="stands twice"):
        check(table(heads("One"), row, row), YEARS, english)
    for empty in (table(), table(heads("One"))):
        with pytest.raises(CheckError, match="its columns are"):
            check(empty, YEARS, english)
    with pytest.raises(CheckError, match="'other' is not its data: there is no such CSV"):
        check(table(heads("One"), row, chart="other"), YEARS, english)


def test_the_gate_of_figures_leaves_cells_alone_and_nothing_else(english: Locale) -> None:
    html = table(("Date", "One"), ("2025", "26")) + "<p>27</p>"
    html = (
        html.replace("<caption>c", "<caption>The 28 rows") + "<table><tr><td>29</td></tr></table>"
    )
    loose = trace.untraced(trace.read_page(html).texts, english)
    assert [word for _, word, _ in loose] == ["28", "27", "29"]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_chart_has_its_table_and_its_csv(tag: str) -> None:
    made = page(AS_OF, tag)
    tables = trace.read_page(made.html).chart_tables
    assert [table.chart for table in tables] == list(made.charts)
    for table, chart in zip(tables, made.charts.values(), strict=True):
        assert len(table.rows) == len(chart.table.rows) + 1
        assert f'href="charts/{chart.id}.csv" download ' in made.html
    assert "chart-table" not in made.print_html
    assert ".csv" not in made.print_html


def test_a_wrong_cell_stops_the_build(tmp_path: Path) -> None:
    """A template of the project that prints each cell twice: every number another."""
    shipped = (resources.TEMPLATES / "chart_data.html.j2").read_text(encoding="utf-8")
    path = tmp_path / "templates" / "chart_data.html.j2"
    path.parent.mkdir()
    wrong = shipped.replace("<td>{{ cell }}</td>", "<td>{{ cell }}{{ cell }}</td>")
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(CheckError, match=r"the table below the chart 'reserve_drivers'"):
        edition(AS_OF, "en", tmp_path)
