"""Writes docs/sources.md from the providers' own descriptions and the catalogue."""

from __future__ import annotations

from pathlib import Path

from reportgen.sources.catalogue import CATALOGUE, SOURCES

PATH = Path(__file__).parent.parent / "docs" / "sources.md"


def text() -> str:
    """The page as it should be."""
    lines = ["# Sources", "", "Written by `python scripts/write_sources_doc.py`; do not edit.", ""]
    for source in SOURCES:
        lines += [
            f"## {source.publisher}",
            "",
            f"- Page: {source.page}",
            f"- Terms: {source.licence}",
            f"- Notice: {source.notice}",
            "",
            "| series | identifier | unit | frequency | meaning | published | bundled | required |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for series in CATALOGUE:
            if series.source == source.id:
                rule = series.rule
                published = f"{rule.release.value.replace('_', ' ')}, {rule.clock_time:%H:%M}"
                cells = (
                    f"[`{series.id}`]({series.page})",
                    f"`{series.identifier}`",
                    series.unit.value,
                    series.frequency.value.replace("_", " "),
                    series.meaning.value.replace("_", " "),
                    published,
                    "yes" if series.bundled else "no",
                    "yes" if series.required else "no",
                )
                lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
    print(PATH)
