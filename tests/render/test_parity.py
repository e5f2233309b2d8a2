"""The parity gate: both languages print the same facts, each stating the value of its fact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from reportgen.errors import CheckError
from reportgen.language.locale import Locale
from reportgen.model import Quantity, Unit
from reportgen.render import parity
from reportgen.render.trace import Sighting
from tests.conftest import LANGUAGES
from tests.render.made import AS_OF, edition


def figure(value: str, unit: Unit, quantum: str) -> Quantity:
    day = date(2025, 12, 2)
    return Quantity("x", Decimal(value), unit, day, Decimal(quantum), ("sofr",), "sofr")


FIGURES = {
    "qt.soma": figure("6133944510441.3", Unit.USD, "1E10"),
    "srf.told": figure("26000000000", Unit.USD, "1E8"),
    "lead.part": figure("-109781000000", Unit.USD, "1E9"),
    "srf.rank": figure("2", Unit.RANK, "1"),
    "funding.gap": figure("9.7", Unit.BASIS_POINT, "1"),
}


def seen(*pairs: tuple[str, str]) -> list[Sighting]:
    return [Sighting("qt", key, text) for key, text in pairs]


def test_what_states_its_value(english: Locale, chinese: Locale) -> None:
    parity.check_values(
        seen(
            ("qt.soma", "$6.13\xa0trillion"),
            ("srf.told", "$26\xa0billion"),
            ("lead.part", "−$110\xa0billion"),
            ("lead.part", "$110\xa0billion"),  # the verb carries the direction
            ("srf.rank", "second-highest"),
            ("funding.gap", "10\xa0bp"),
            ("date:2025-12-01", "December\xa01"),
            ("name:Goldman", "Goldman"),
        ),
        FIGURES,
        english,
    )
    parity.check_values(
        seen(
            ("qt.soma", "6.13万亿美元"),
            ("lead.part", "−1,100亿美元"),
            ("srf.rank", "第二高"),
            ("funding.gap", "10个基点"),
        ),
        FIGURES,
        chinese,
    )


@pytest.mark.parametrize(
    ("key", "text", "stated", "meant"),
    [
        ("qt.soma", "6.13亿美元", "613000000", "6130000000000"),
        ("qt.soma", "61,300万亿美元", "61300000000000000", "6130000000000"),
        ("qt.soma", "6.134万亿美元", "6134000000000", "6130000000000"),
        ("srf.told", "26亿美元", "2600000000", "26000000000"),
        ("srf.rank", "第三高", "3", "2"),
        ("funding.gap", "9个基点", "9", "10"),
    ],
)
def test_a_wrong_value(chinese: Locale, key: str, text: str, stated: str, meant: str) -> None:
    with pytest.raises(CheckError) as caught:
        parity.check_values(seen((key, text)), FIGURES, chinese)
    assert caught.value.what == (
        f"{key} is printed as {text!r}, which states {stated} and not {meant}"
    )
    assert caught.value.where == "zh-Hans"


@pytest.mark.parametrize("text", ["6.13兆美元", "6.13万亿", "$6.13 trillion", "", "−"])
def test_what_states_no_value(chinese: Locale, text: str) -> None:
    with pytest.raises(CheckError, match=r"qt\.soma is printed as .*is no usd in zh-Hans"):
        parity.check_values(seen(("qt.soma", text)), FIGURES, chinese)


def sightings(*keys: tuple[str, str]) -> list[Sighting]:
    return [Sighting(section, key, "text") for section, key in keys]


BOTH = (("lead", "srf.told"), ("srf", "srf.told"), ("srf", "date:2025-12-01"))


def test_the_same_facts_pass() -> None:
    parity.check_languages(
        {
            "en": sightings(*BOTH, ("qt", "name:Goldman Sachs")),
            "zh-Hans": sightings(*reversed(BOTH), BOTH[0], ("qt", "name:高盛")),
        }
    )
    parity.check_languages({"en": sightings(*BOTH)})
    parity.check_languages({})


@pytest.mark.parametrize("dropped", BOTH)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_dropped_fact_is_named_with_its_section(tag: str, dropped: tuple[str, str]) -> None:
    told = {"en": sightings(*BOTH), "zh-Hans": sightings(*BOTH)}
    told[tag] = sightings(*(pair for pair in BOTH if pair != dropped))
    with pytest.raises(CheckError) as caught:
        parity.check_languages(told)
    section, key = dropped
    kind = "missing" if tag == "zh-Hans" else "extra"
    assert f"{kind}: {key} in {section}" in caught.value.what
    assert caught.value.what.startswith("zh-Hans does not print the same facts as en")


def test_a_third_language_is_compared_too() -> None:
    told = {tag: sightings(*BOTH) for tag in ("en", "zh-Hans")}
    with pytest.raises(CheckError, match=r"^parity: fr does not print the same facts as en"):
        parity.check_languages({**told, "fr": sightings(*BOTH[:1])})


def test_the_brief() -> None:
    told = {tag: edition(AS_OF, tag).sightings for tag in LANGUAGES}
    parity.check_languages(told)
    assert len({s.key for s in told["en"]}) > 100
    for tag in LANGUAGES:
        kept = [s for s in told[tag] if (s.section, s.key) != ("srf", "srf.told")]
        assert len(kept) < len(told[tag])
        with pytest.raises(CheckError, match=r"srf\.told in srf"):
            parity.check_languages({**told, tag: kept})
