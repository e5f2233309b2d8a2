"""How lines are set in the PDF; this fails when WeasyPrint changes within."""

from __future__ import annotations

import io
import re
from functools import cache
from itertools import pairwise
from statistics import median

import pdfplumber
import pypdfium2
import pytest
import weasyprint

from reportgen.render import lines as setting
from tests.render import made

# Text of the left edge and the measure, and what stands at the edges of lines.
TEXT = (
    "缩表自2022年6月1日启动，其间美联储总资产由<data>8.92万亿美元</data>降至<data>6.55万亿美元</data>，"
    "减少<data>2.36万亿美元</data>（均经舍入）；峰值为当年四月的水平，此后逐月回落，"
    "准备金余额则在债务上限僵局化解之后急剧下降，财政部一般账户由低位重建，吸走的资金数以千亿计。"
)
SHEET = """
@page { size: 300pt 400pt; margin: 30pt }
body { font: 12pt/1.6 "Noto Serif CJK SC"; margin: 0 }
p { text-align: justify; margin: 0 } data { white-space: nowrap }
"""
LEFT, RIGHT = 30.0, 270.0


def document(body: str, sheet: str = SHEET, tag: str = "zh-Hans", region: str = "SC") -> str:
    sheet = sheet.replace("CJK SC", f"CJK {region}")
    return f'<html lang="{tag}"><title>t</title><style>{sheet}</style>{body}'


@cache
def lines(
    body: str, tag: str = "zh-Hans", region: str = "SC"
) -> list[list[dict[str, float | str]]]:
    """The characters of each line from left to right, with their edges."""
    setting.install()

    content = weasyprint.HTML(string=document(body, tag=tag, region=region)).write_pdf()
    with pdfplumber.open(io.BytesIO(content)) as opened:
        characters = [c for c in opened.pages[0].chars if c["text"].strip()]
    rows: dict[float, list[dict[str, float | str]]] = {}
    for character in characters:
        rows.setdefault(round(character["top"] / 4), []).append(character)
    return [sorted(row, key=lambda c: c["x0"]) for _, row in sorted(rows.items())]


def test_the_version_that_was_measured() -> None:
    """Another one needs a look at the pages, then a new number here and in pyproject.toml."""
    assert weasyprint.__version__.split(".")[0] == "70"


def test_lines_end_at_the_edge() -> None:
    *full, last = lines(f"<p>{TEXT}</p>")
    assert len(full) >= 5
    for row in full:
        right = float(row[-1]["x1"])
        # A full-width mark hangs its empty half over the edge.
        hangs = 6.0 if str(row[-1]["text"]) in "，。；）" else 0.0
        assert right == pytest.approx(RIGHT + hangs, abs=0.3), "".join(str(c["text"]) for c in row)
        assert float(row[0]["x0"]) == pytest.approx(LEFT, abs=0.3)
    assert float(last[-1]["x1"]) < RIGHT - 10


def test_the_slack_is_spread_over_all_characters() -> None:
    """No gap of a line is wider than the others: WeasyPrint alone would open the few spaces."""
    for row in lines(f"<p>{TEXT}</p>")[:-1]:
        gaps = [
            float(b["x0"]) - float(a["x1"])
            for a, b in pairwise(row)
            if re.match("[\u4e00-\u9fff]", str(a["text"]))
            and re.match("[\u4e00-\u9fff]", str(b["text"]))
        ]
        assert max(gaps) - min(gaps) < 0.2, row
        assert max(gaps) < setting.LOOSEST * 12


KANA = (
    "ニューヨーク連銀のレポ・ファシリティは<data>260億ドル</data>を貸し出し、なかでもマネー・マーケット・"
    "ファンドからの流れが細ったことで、準備預金がかつてほど潤沢ではないことをあらためて示した。"
)


def test_kana_is_spread_like_han() -> None:
    *full, _ = lines(f"<p>{KANA}</p>", "ja", "JP")
    assert len(full) >= 3
    for row in full:
        gaps = [
            float(b["x0"]) - float(a["x1"])
            for a, b in pairwise(row)
            if re.match("[\u3041-\u30ff\u4e00-\u9fff]", str(a["text"]))
            and re.match("[\u3041-\u30ff\u4e00-\u9fff]", str(b["text"]))
        ]
        assert len(gaps) > 8
        # The face draws a few pairs of kana closer together; no gap is wider than the others.
        usual = median(gaps)
        assert max(gaps) - usual < 0.2, row
        assert sum(abs(gap - usual) < 0.2 for gap in gaps) > 0.75 * len(gaps)
        assert not re.match("[、。」ー]", str(row[0]["text"]))


def test_stops_in_the_middle_of_their_em_do_not_hang() -> None:
    """In Traditional Chinese; the half of a bracket that is empty still hangs over the edge."""
    text = "縮表停了，壓力未消：準備金餘額急降，「後盾」的用量則創新高，流動性還談不上寬鬆。" * 4
    *full, _ = lines(f"<p>{text}</p>", "zh-Hant", "TC")
    ends = {str(row[-1]["text"]): float(row[-1]["x1"]) for row in full}
    assert set(ends) & set("，：。"), ends
    for mark, right in ends.items():
        hangs = 6.0 if mark in "」）" else 0.0
        assert right == pytest.approx(RIGHT + hangs, abs=0.3), mark


def test_latin_lines_are_left_to_weasyprint() -> None:
    words = "Reserve balances fell sharply once the impasse had ended in the middle of the year. "
    for row in lines(f'<p lang="en">{words * 3}</p>')[:-1]:
        within = [float(b["x0"]) - float(a["x1"]) for a, b in pairwise(row)]
        assert min(within) > -1.5
        assert float(row[-1]["x1"]) == pytest.approx(RIGHT, abs=0.5)


def test_a_line_that_cannot_be_filled_is_left_short() -> None:
    first, *_ = lines("<p>准备金<data>" + "1" * 38 + "</data>余额</p>")
    assert float(first[-1]["x1"]) < RIGHT / 2


def test_no_line_of_the_brief_begins_with_a_closing_mark() -> None:
    with pypdfium2.PdfDocument(made.pdf("zh-Hans")) as opened:
        for sheet in opened:
            for line in sheet.get_textpage().get_text_bounded().splitlines():
                assert not re.match("[，。、；：！？）」』》”’]", line.strip()), line


SENTENCE = (
    "As the market consensus has it, the Fed will provide ample liquidity in the end, with repo "
    "rates anchored near IORB and the SRF kept for tax dates and other moments of stress. There is "
    "some way to go: SOFR stands <data>22 basis points</data> above IORB."
)


def test_a_line_full_but_for_its_last_space_is_not_broken_early() -> None:
    """As measured on this sentence: WeasyPrint alone leaves “dates” on a line of its own."""
    sheet = (
        "@page { size: 180mm 80mm; margin: 10mm } data { white-space: nowrap }"
        'p { font: 9.7pt "Noto Serif CJK SC"; font-feature-settings: "pwid"; width: 122mm }'
    )
    setting.install()
    content = weasyprint.HTML(string=document(f'<p lang="en">{SENTENCE}</p>', sheet)).write_pdf()
    with pdfplumber.open(io.BytesIO(content)) as opened:
        text = opened.pages[0].extract_text().splitlines()
    assert len(text) == 4, text
    assert text[2].startswith("dates and other moments of stress.")
    assert text[2].endswith("SOFR stands")


@pytest.mark.parametrize(
    ("word", "american"), [("reported", "re-port-ed"), ("securities", "se-cu-ri-ties")]
)
def test_words_break_where_americans_break_them(word: str, american: str) -> None:
    """Left to itself Pyphen takes “en” for British: repor-ted, se-cur-it-ies."""
    setting.install()
    sheet = (
        "@page { size: 200px 400px; margin: 0 } p { width: 1px; margin: 0; hyphens: auto;"
        'hyphenate-limit-chars: 4 2 2; hyphenate-character: "-"; font: 12px "Noto Serif CJK SC" }'
    )
    html = document(f"<p lang='en'>{word}</p>", sheet)
    with pdfplumber.open(io.BytesIO(weasyprint.HTML(string=html).write_pdf())) as opened:
        lines = opened.pages[0].extract_text().split()
    assert "".join(lines) == american
