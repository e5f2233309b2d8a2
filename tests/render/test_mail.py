"""The mail of a brief, taken apart as a mail program does."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from html.parser import HTMLParser
from io import BytesIO

import pytest
from PIL import Image

from reportgen.errors import CheckError, InputError, RenderError
from reportgen.language import locale
from reportgen.language.wrapping import width
from reportgen.render import mail, mail_check, mail_html, mail_text, trace
from reportgen.render.page import Page, PageBuilder
from reportgen.settings import Settings
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of
from tests.render.made import AS_OF, edition

PDF = b"%PDF-1.7 a stand-in, for a mail takes any document"
ONLINE = Settings.model_validate({"site": {"base_url": "https://example.com/briefs/"}})


def built(tag: str, settings: Settings, *, draft: bool = False) -> Page:
    brief = brief_as_of(date.fromisoformat(AS_OF))
    language = locale.load(tag, NO_PROJECT)
    builder = PageBuilder(brief, language, NO_PROJECT, settings, (), draft=draft, mail=True)
    return builder.build()


@cache
def page(tag: str) -> Page:
    return built(tag, Settings())


def written(made: Page, settings: Settings, document: bytes = PDF) -> bytes:
    return mail.write(made, brief_as_of(date.fromisoformat(AS_OF)), settings, document)


@cache
def raw(tag: str) -> bytes:
    return written(page(tag), Settings())


@cache
def online_draft() -> EmailMessage:
    """A draft of a desk that publishes on the web."""
    return parsed(written(built("zh-Hans", ONLINE, draft=True), ONLINE))


def parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@cache
def message(tag: str) -> EmailMessage:
    return parsed(raw(tag))


def part(tag: str, kind: str) -> str:
    """The text or the HTML of a mail, decoded."""
    found = message(tag).get_body((kind,))
    assert found is not None
    text = found.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")


class Tags(HTMLParser):
    """Every element of a part with its attributes, and what a reader sees of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._unseen = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        self._unseen += tag in ("head", "style")
        self.text += " "

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("head", "style")

    def handle_data(self, data: str) -> None:
        self.text += "" if self._unseen else data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_how_it_is_put_together(tag: str) -> None:
    kinds = [found.get_content_type() for found in message(tag).walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html",
        *["image/png"] * 12, "application/pdf",
    ]  # fmt: skip
    for found in message(tag).walk():
        assert found.defects == []
        if found.get_content_maintype() == "text":
            assert found.get_content_charset() == "utf-8"
            assert found["Content-Language"] == tag
    *_, attached = message(tag).iter_attachments()
    assert attached.get_content() == PDF
    assert attached.get_filename() == f"brief-2025-12-02-{tag}.pdf"


@pytest.mark.parametrize(
    ("tag", "subject", "desk"),
    [
        (
            "en",
            "Dollar Liquidity Weekly: QT is over. Why is the Fed’s repo backstop still needed?",
            "Dollar Liquidity Desk",
        ),
        (
            "zh-Hans",
            "美元流动性周报：缩表已经落幕，回购“后盾”为何仍不可或缺？",
            "美元流动性研究组",
        ),
    ],
)
def test_what_a_mail_program_lists(tag: str, subject: str, desk: str) -> None:
    made = message(tag)
    assert made["Subject"] == subject
    for header in ("From", "Reply-To"):
        (sender,) = made[header].addresses
        assert (sender.display_name, sender.addr_spec) == (desk, "desk@example.com")
    assert made["To"] is None
    assert made["X-Unsent"] == "1"
    assert made["Date"].datetime.isoformat() == "2025-12-02T23:59:59-05:00"
    assert re.fullmatch(rf"<2025-12-02\.{tag}\.[0-9a-f]{{16}}@example\.com>", made["Message-ID"])


@pytest.mark.parametrize("tag", LANGUAGES)
def test_it_can_be_sent(tag: str) -> None:
    """RFC 5321: seven bits, CRLF and nothing else, lines short of 998."""
    content = raw(tag)
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert max(map(len, content.split(b"\r\n"))) < 998


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert written(built("zh-Hans", Settings()), Settings()) == raw("zh-Hans")


def test_another_document_is_another_mail() -> None:
    other = parsed(written(page("en"), Settings(), PDF + b"."))
    assert other["Message-ID"] != message("en")["Message-ID"]
    assert other.get_boundary() != message("en").get_boundary()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_chart_is_there_and_shown(tag: str) -> None:
    images = {
        found["Content-ID"].strip("<>"): found.get_content()
        for found in message(tag).walk()
        if found.get_content_type() == "image/png"
    }
    shown = Tags(part(tag, "html")).named("img")
    assert [image["src"] for image in shown] == [f"cid:{name}" for name in images]
    assert len(images) == len(set(images)) == 12
    for image, (name, content) in zip(shown, images.items(), strict=True):
        with Image.open(BytesIO(content)) as picture:
            assert picture.info == {}, "no date, no software, nothing transparent"
            size = picture.size
            corners = picture.convert("RGB")
        assert size == (1200, 657)
        assert (image["width"], image["height"]) == ("600", "328"), "half its pixels"
        edge = [corners.getpixel((x, y)) for x in (0, 8, 1199) for y in (0, 8, 656)]
        assert set(edge) == {(255, 255, 255)}, "white, with room around"
        chart = page(tag).charts[name.partition(".")[0]]
        assert "".join(image["alt"].split()) == "".join(Tags(str(chart.alt)).text.split())


@pytest.mark.parametrize("tag", LANGUAGES)
def test_its_html_asks_for_nothing(tag: str) -> None:
    html = part(tag, "html")
    tags = Tags(html)
    assert {name for name, _ in tags.found} <= {
        "html", "head", "meta", "title", "style", "body", "table", "thead", "tbody", "tr", "td",
        "th", "div", "p", "h1", "h2", "h3", "ul", "li", "a", "b", "strong", "span", "br", "img",
    }  # fmt: skip
    for _, attributes in tags.found:
        assert attributes.get("src", "cid:").startswith("cid:")
        assert not attributes.keys() & {"background", "srcset", "data-fact", "datetime", "id"}
    assert "url(" not in html
    assert "@import" not in html
    assert [link["href"] for link in tags.named("a")] == ["mailto:desk@example.com"]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_its_styles_stand_in_the_elements(tag: str) -> None:
    """What is left as a sheet are the queries for phones and for the dark."""
    tags = Tags(part(tag, "html"))
    for name in ("body", "p", "h1", "h2", "td", "th", "img"):
        assert all(attributes.get("style") or name == "td" for attributes in tags.named(name)), name
    (sheet,) = re.findall(r"<style>(?!body, table)(.*?)</style>", part(tag, "html"), re.DOTALL)
    assert re.findall(r"@media \(([a-z-]+)", sheet) == ["max-width", "prefers-color-scheme"]
    assert not re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", sheet).strip()
    assert {"name": "color-scheme", "content": "light dark"} in tags.named("meta")
    named = {name for _, found in tags.found for name in found.get("class", "").split()}
    assert named <= set(re.findall(r"\.([a-z-]+)", sheet))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_gmail_shows_all_of_it(tag: str) -> None:
    """Gmail cuts HTML above 102 KB; without its PDF a mail takes some 400 KB."""
    assert len(part(tag, "html").encode()) < 90_000
    assert len(raw(tag)) < 450_000


def test_html_that_gmail_would_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_html, "LONGEST", 50_000)
    with pytest.raises(RenderError, match="Gmail shows 50000"):
        written(page("en"), Settings())


@pytest.mark.parametrize("kind", ["html", "plain"])
@pytest.mark.parametrize(
    ("tag", "told"),
    [
        (
            "en",
            (
                "lent $26 billion on December 1, more than",
                "second-highest amount since June 2020, behind $50.35 billion on October 31",
                "SOFR less IORB", "+16 bp", "99.8%",
                "$870 billion − $480 billion = $390 billion",
                "At the pace of the past quarter it takes about 10 years",
                "Data cut-off: December 2, 2025, 23:59 in New York",
                "The brief is attached as a PDF",
            ),
        ),
        (
            "zh-Hans",
            (
                "12月1日单日投放 260亿美元，在纽约联储",
                "2020年6月以来第二高，仅次于 10月31日的 503.5亿美元",
                "SOFR 减 IORB", "+16基点", "99.8%",
                "8,700亿美元 − 4,800亿美元 = 3,900亿美元",
                "全部退出需时约 10年",
                "数据截止：纽约时间 2025年12月2日23:59",
                "附件为本期简报 PDF 版",
            ),
        ),
    ],
)  # fmt: skip
def test_what_it_says(kind: str, tag: str, told: tuple[str, ...]) -> None:
    text = part(tag, kind)
    text = Tags(text).text if kind == "html" else text
    squeezed = "".join(text.split())
    for sentence in told:
        assert "".join(sentence.split()) in squeezed, sentence


@pytest.mark.parametrize("kind", ["html", "plain"])
@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_same_figures_as_the_page(kind: str, tag: str) -> None:
    """Every figure and date of the page's sections is there, and no other number."""
    made = page(tag)
    sections = {s.id for s in brief_as_of(date.fromisoformat(AS_OF)).sections}
    told = [s.text for s in trace.read_page(made.html).sightings if s.section in sections]
    assert len(told) > 250
    text = part(tag, kind)
    text = Tags(text).text if kind == "html" else text
    squeezed = "".join(text.split())
    assert not [figure for figure in told if "".join(figure.split()) not in squeezed]
    if kind == "plain":
        told += [Tags(str(chart.alt)).text for chart in made.charts.values()]
    number = re.compile(r"\d+(?:[.,]\d+)*")
    known = {n for figure in told for n in number.findall(figure)}
    # Figures one to twelve; the cut-off in two time zones.
    known |= {str(n) for n in range(1, 13)} | {"23", "59"}
    assert set(number.findall(text.replace("H.4.1", ""))) <= known


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("$50.35", "$50.36", "were not printed from a fact"),
        ("<p>Nor is this a passing spike.", "<p>7 days.", "have no fact behind them"),
        ("22\xa0bp", "", "were not printed from a fact"),
        ('<tr[^>]* class="middle">.*?</tr>', "", "missing: .* in lead"),
        ('<section id="srf">.*?</section>', "", "missing: .* in srf"),
        ("(<p>SRF lending reached.*?</p>)", r"\1\1", "extra: .* in srf"),
    ],
)
def test_a_mail_that_says_something_else(old: str, new: str, said: str) -> None:
    made = page("en")
    assert made.mail is not None
    pattern = old if "*" in old else re.escape(old)
    html, found = re.subn(pattern, new, made.mail.html, count=1, flags=re.DOTALL)
    assert found == 1
    registered = Settings().project.desk.values()
    mail_check.check(made, registered)
    with pytest.raises(CheckError, match=said):
        mail_check.check(replace(made, mail=replace(made.mail, html=html)), registered)


@pytest.mark.parametrize("part_of", ["html", "text"])
@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("$50.35", "$50.36", r"lost: .*50\.35.*strange: 50\.36"),
        ("$8.97\xa0trillion", "a sum", r"lost: .*8\.97"),
        ("17\xa0bp", "17\xa0%", "lost: .*17\xa0bp"),
        ("22\xa0bp", "22\xa0bp 77", "lost: none; strange: 77"),
    ],
)
def test_a_figure_lost_on_the_way(part_of: str, old: str, new: str, lost: str) -> None:
    draft = page("en").mail
    assert draft is not None
    html = mail_html.write(draft).replace("&nbsp;", "\xa0")
    parts = {"html": html, "text": mail_text.write(draft, page("en").locale)}
    mail_check.check_parts(draft, **parts, tag="en")
    assert old in parts[part_of]
    parts[part_of] = parts[part_of].replace(old, new)
    with pytest.raises(CheckError, match=f"the (HTML|text) of the mail does not.*{lost}"):
        mail_check.check_parts(draft, **parts, tag="en")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_lines_of_the_text(tag: str) -> None:
    text, han = part(tag, "plain"), tag == "zh-Hans"
    lines = text.split("\n")
    assert max(width(line, han=han) for line in lines) <= mail_text.COLUMNS
    assert not [line for line in lines if line != line.rstrip()]
    assert not [line for line in lines if line.strip()[:1] in set("，。、；：！？）”’·,.;:)")]
    assert not [line for line in lines if line[-1:] in set("（“‘(")]
    assert "\n\n\n\n" not in text
    draft = page(tag).mail
    assert draft is not None
    for sighting in trace.read_page(draft.html).sightings:
        if not sighting.key.startswith("name:"):
            assert sighting.text.replace(" ", "\xa0") in text, "a figure stands on one line"


def test_gauges_and_charts_as_text() -> None:
    text = part("zh-Hans", "plain").replace("\xa0", " ")
    assert (
        "一览\n\n- 准备金，周均\n  最新：2.90万亿美元 · 日期：11月26日 · 较上期：+80亿美元 ·\n"
        "  历史分位：1% · 所处位置：极低\n" in text
    )
    assert (
        "    图 6\n    单日 260亿美元，迄今第二高\n    常备回购便利每日使用量，亿美元\n\n"
        "    每日条形图：2025年12月1日为 260亿美元；纪录是 2025年10月31日的\n    503.5亿美元。\n\n"
        "    资料来源：纽约联邦储备银行\n" in text
    )
    assert (
        "- 12月10日\n  事项：FOMC 利率决议\n  看点：利率与资产负债表政策；上次决议在 10月29日\n"
        in text
    )


def test_where_the_brief_is_on_the_web() -> None:
    html, text = (online_draft().get_body((kind,)) for kind in ("html", "plain"))
    assert html is not None
    assert text is not None
    address = "https://example.com/briefs/zh-Hans/2025-12-02/"
    assert f'<a href="{address}"' in html.get_content()
    assert f"本期网页版 <{address}>" in text.get_content()


@pytest.mark.parametrize("contact", ["", "the desk", "desk@", "+1 212 555 0100"])
def test_a_contact_that_is_no_address(contact: str) -> None:
    settings = Settings.model_validate({"project": {"contact": contact}})
    with pytest.raises(InputError, match=r"\[project\] contact") as raised:
        written(page("en"), settings)
    assert raised.value.exit_code == 2
    assert "leave eml out" in raised.value.remedy


def test_a_draft_says_so() -> None:
    made = online_draft()
    assert made["Subject"].startswith("【草稿，不得发布】美元流动性周报：")
    for kind in ("html", "plain"):
        body = made.get_body((kind,))
        assert body is not None
        assert "草稿，不得发布" in body.get_content()


def test_no_mail_is_made_unasked() -> None:
    plain = edition(AS_OF, "en")
    assert plain.page.mail is None
    assert not any(chart.png for chart in plain.page.charts.values())
    assert not any(file.path.suffix == ".eml" for file in plain.artifacts)
