"""docs/translating.md says what there is: commands, rules, and the file as it looks."""

from __future__ import annotations

import re
from pathlib import Path

from reportgen.cli import COMMANDS
from reportgen.cli.locale import COMMANDS as LOCALE_COMMANDS
from reportgen.language import checking
from tests.translation.files import TEXT

GUIDE = (Path(__file__).parents[2] / "docs" / "translating.md").read_text(encoding="utf-8")


def test_it_names_only_commands_that_exist() -> None:
    for name in re.findall(r"reportgen locale (\w+)", GUIDE):
        assert name in LOCALE_COMMANDS
    for name in re.findall(r"bin/reportgen (\w+)", GUIDE):
        assert name in COMMANDS


def test_it_tells_how_to_mend_what_each_rule_finds() -> None:
    table = GUIDE[GUIDE.index("| rule | it says") :]
    told = re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)
    assert sorted(told) == sorted(rule.id for rule in checking.RULES)


def test_its_sentence_is_one_of_the_file() -> None:
    shown = re.search(r"((?:    .*\n)+)\n\| line", GUIDE)
    assert shown
    assert "".join(line[4:] + "\n" for line in shown[1].splitlines()) in TEXT
