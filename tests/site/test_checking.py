"""A valid site passes; of each damage the checker names the rule, the file and what is wrong."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from reportgen.errors import InputError
from reportgen.review.rule import Finding
from reportgen.site import listing
from reportgen.site.checking import checker, files
from tests.site import small_site
from tests.site.small_site import AS_OF, ASSETS, BASE, CARD

BY_RULE: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
    Path(__file__).with_name("damages.toml").read_text(encoding="utf-8")
)
DAMAGES = [(rule, name) for rule, damages in BY_RULE.items() for name in damages]


def damaged(file: str, old: str, new: str) -> dict[str, bytes]:
    """The files of the site after one is changed, where ``old`` stands or is matched."""
    contents = small_site.files()
    text = contents[file].decode()
    pattern = re.escape(old) if old in text else old
    changed, count = re.subn(pattern, new if pattern == old else lambda _: new, text)
    assert count, f"{old!r} is not in {file}"
    return {**contents, file: changed.encode()}


def rules(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.rule.removeprefix("site.") for finding in findings}


def test_a_valid_site_passes(tmp_path: Path) -> None:
    checked = checker.check(small_site.write(tmp_path, small_site.files()))
    assert [finding.line() for finding in checked.findings] == []
    assert (checked.files, checked.languages) == (27, ("en", "zh-Hans"))


@pytest.mark.parametrize(("rule", "name"), DAMAGES)
def test_each_damage_is_found_by_its_rule(rule: str, name: str, tmp_path: Path) -> None:
    damage = BY_RULE[rule][name]
    contents = damaged(damage["file"], damage["old"], damage["new"])
    findings = checker.check(small_site.write(tmp_path, contents)).findings
    assert rules(findings) == {rule, damage.get("also", rule)}
    lines = [finding.line() for finding in findings]
    (line, *_) = (line for line in lines if damage["told"] in line)
    assert line.startswith(f"error: site.{rule}: {damage['file']}: ")
    assert all(line.count("\n") == 0 and " → " in line for line in lines)


def test_every_rule_has_its_damage() -> None:
    of_files = {rule.id.removeprefix("site.") for rule in files.RULES}
    assert {rule.id.removeprefix("site.") for rule in checker.RULES} == {*BY_RULE, *of_files}


def test_files_that_are_gone_changed_or_not_of_the_site(tmp_path: Path) -> None:
    folder = small_site.write(tmp_path, small_site.files())
    (folder / "en" / AS_OF / "brief.pdf").unlink()
    (folder / CARD).write_bytes(small_site.png(4, 3))
    (folder / "en" / "draft.html").write_text("<p style='color: red'>", encoding="utf-8")
    assert [finding.line() for finding in checker.check(folder).findings] == [
        f"error: site.missing: en/{AS_OF}/brief.pdf: is in site.json, and not in the folder → "
        "run reportgen site again",
        f"error: site.changed: {CARD}: is not what was made: its checksum differs → "
        "run reportgen site again",
        "warning: site.stray: en/draft.html: is not in site.json → move it elsewhere",
    ]


@pytest.mark.parametrize(
    ("rule", "file"),
    [("sitemap", "sitemap.xml"), ("robots", "robots.txt"), ("feed", "zh-Hans/feed.xml")],
)
def test_a_site_without_what_others_read(rule: str, file: str, tmp_path: Path) -> None:
    contents = {path: text for path, text in small_site.files().items() if path != file}
    (finding, *links) = reversed(checker.check(small_site.write(tmp_path, contents)).findings)
    assert finding.line().startswith(f"error: site.{rule}: {file}: is no file of the site → ")
    assert rules(tuple(links)) <= {"link"}


def test_what_is_found_alike_on_many_pages_is_told_once(tmp_path: Path) -> None:
    contents = small_site.files()
    del contents[ASSETS["css"]]
    (finding,) = checker.check(small_site.write(tmp_path, contents)).findings
    assert finding.line().startswith(
        f"error: site.link: 404.html: links to {ASSETS['css']}, which is no file of the site "
        "(and 12 more files) → "
    )


def test_a_site_at_the_root_of_a_host(tmp_path: Path) -> None:
    """Without a path in the address nothing else changes."""
    moved = {
        path: content.replace(BASE.encode(), b"https://example.org").replace(b"/briefs/", b"/")
        for path, content in small_site.files().items()
    }
    folder = small_site.write(tmp_path, moved)
    listed = listing.list_files("https://example.org", moved)
    (folder / listing.FILE).write_bytes(listed.to_json())
    assert [finding.line() for finding in checker.check(folder).findings] == []


def test_a_folder_that_holds_no_site(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no built site"):
        checker.check(tmp_path)
