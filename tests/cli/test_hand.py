"""Every way a note or an override can go wrong, as an editor at the command line meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.cli import main

DAY = "notes/2025-12-02"
USAGE = """
[[override]]
message = "srf.usage.high"
text = "{text}"
reason = "clearer"
[override.written_on]
"srf.told" = "{told}"
"srf.rank" = "2"
"srf.record" = "50350000000"
"""
SAME = "On {day} it lent {told}: the {rank} since {since}, behind {record} on {record_day}."


def written(project: Path, name: str, content: str | bytes) -> None:
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def usage(text: str = SAME, told: str = "26000000000") -> str:
    return USAGE.replace('"{told}"', f'"{told}"').replace("{text}", text)


def refused(project: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    """The exit code and the message of a build; nothing is written."""
    with pytest.raises(SystemExit) as ended:
        main(
            ["--project", str(project), "build", "--as-of", "2025-12-02", "--jobs", "1",
             "--format", "html", *options]
        )  # fmt: skip
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    assert "→" in captured.err, "the remedy is missing"
    assert not (project / "output").exists()
    return int(ended.value.code or 0), captured.err


@pytest.mark.parametrize(
    ("name", "content", "parts"),
    [
        (f"{DAY}/en/srff.md", "a", ("srff.md: is no section", "rename it srf.md", "supply.md")),
        (f"{DAY}/en/overrides.tml", "a", ("rename it overrides.toml",)),
        (f"{DAY}/en/srf.markdown", "a", ("is no section of the brief",)),
        (f"{DAY}/zh_Hans/srf.md", "a", ("no folder of a language", "rename it zh-Hans")),
        (f"{DAY}/srf.md", "a", ("no folder of a language", "en, ja, zh-Hans")),
        ("notes/2025-12-2/en/srf.md", "a", ("2025-12-2: the folder", "YYYY-MM-DD")),
        (f"{DAY}/en/srf.md", b"a\nb \xff", ("srf.md, line 2: is not UTF-8",)),
        (f"{DAY}/zh-Hans/srf.md", "数".encode("gbk"), ("srf.md, line 1: is not UTF-8",)),
        (f"{DAY}/en/srf.md", "a " * 50_000, ("has 97 KiB", "at most 32")),
        (f"{DAY}/en/srf.md/x", "a", ("cannot be read",)),
        (f"{DAY}/en/overrides.toml", "[[override]", ("overrides.toml: is not valid TOML",)),
        (f"{DAY}/en/overrides.toml", "[[overide]]", ("overide: Extra inputs",)),
        (f"{DAY}/en/overrides.toml", usage() + usage(), ("srf.usage.high is overridden twice",)),
        (f"{DAY}/en/overrides.toml", usage(text=" "), ("override.1.text",)),
        (f"{DAY}/en/overrides.toml", usage(told="$26 billion"), ("written_on.srf.told", "decimal")),
        (f"{DAY}/en/overrides.toml", usage().replace("reason", "why"), ("override.1.reason",)),
    ],
)  # fmt: skip
def test_files_that_cannot_be_meant(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: str | bytes,
    parts: tuple[str, ...],
) -> None:
    written(tmp_path, name, content)
    code, message = refused(tmp_path, capsys)
    assert code == 2
    for part in parts:
        assert part in message


@pytest.mark.parametrize(
    ("name", "content", "code", "parts"),
    [
        (
            "en/srf.md", "Fine.\n\nSome 30 billion were taken.", 1,
            (f"{DAY}/en/srf.md, line 3: number without a source: '30' in “Some 30", "{fact:id}"),
        ),
        (
            "en/srf.md", "It lent {fact:srf.tld}.", 2,
            ("srf.md, line 1: there is no fact 'srf.tld'", "is it srf.told", "reportgen facts"),
        ),
        (
            "zh-Hans/qt.md", "缩表结束😀。", 1,
            ("zh-Hans: ", "has no glyph for", "U+1F600"),
        ),
        (
            "en/overrides.toml", usage(told="25000000000"), 1,
            (
                f"{DAY}/en/overrides.toml: an override asks for a review",
                "srf.usage.high: srf.told was $25 billion, is $26 billion",
                "review the text",
                '"srf.told" = "26000000000"',
            ),
        ),
        (
            "en/overrides.toml", usage().replace('"srf.rank" = "2"', ""), 1,
            ("srf.usage.high: srf.rank is printed (second-highest) but not bound", '"srf.rank"'),
        ),
        (
            "en/overrides.toml", usage().replace("usage.high", "usage.hgh"), 1,
            ("this brief does not print srf.usage.hgh", "facts.json", "srf.usage.high"),
        ),
        (
            "en/overrides.toml", usage("It lent {told}, the {rank}, behind {record}."), 1,
            ("the override of srf.usage.high does not print the same facts as the message in zh-",
             "missing: date:2020-06, date:2025-10-31, date:2025-12-01; extra: none"),
        ),
        (
            "zh-Hans/overrides.toml", usage("{tolled}"), 2,
            ("overrides.toml, srf.usage.high: {tolled} is no figure", "there are {told}, {day}"),
        ),
    ],
)  # fmt: skip
def test_texts_that_may_not_be_printed(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: str,
    code: int,
    parts: tuple[str, ...],
) -> None:
    written(tmp_path, f"{DAY}/{name}", content)
    ended, message = refused(tmp_path, capsys)
    assert ended == code
    for part in parts:
        assert part in message
