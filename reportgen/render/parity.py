"""The parity gate: every language prints the same facts, and each reads back as the same value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from reportgen.errors import CheckError
from reportgen.language import numbers
from reportgen.language.locale import Locale
from reportgen.model import Nearness, Override, Quantity, Said, roughly
from reportgen.render.trace import Sighting


def check_values(
    sightings: Sequence[Sighting], figures: Mapping[str, Quantity], locale: Locale
) -> None:
    """Raises CheckError when a printed figure does not read back as the value of its fact."""
    for sighting in sightings:
        figure = figures.get(sighting.key)
        if figure is None:
            continue
        if sighting.rounded:
            _check_rounded(sighting, figure, locale)
            continue
        try:
            stated = numbers.parse_quantity(sighting.text, figure.unit, locale)
        except ValueError as error:
            raise CheckError(
                f"{sighting.key} is printed as {sighting.text!r}: {error}",
                where=locale.tag,
                remedy="correct the patterns of its unit in locale.toml",
            ) from None
        if abs(stated) != abs(figure.displayed):
            raise CheckError(
                f"{sighting.key} is printed as {sighting.text!r}, which states {_plain(stated)} "
                f"and not {_plain(figure.displayed)}",
                where=locale.tag,
                remedy="correct scales and patterns in locale.toml",
            )


def _check_rounded(sighting: Sighting, figure: Quantity, locale: Locale) -> None:
    """Raises CheckError for a figure rounded wrongly, or whose word tells the wrong direction."""
    try:
        near, stated = numbers.parse_rounded(sighting.text, figure.unit, locale)
    except ValueError as error:
        raise CheckError(
            f"{sighting.key} is printed as {sighting.text!r}: {error}",
            where=locale.tag,
            remedy="correct [approximations] or the patterns of its unit in locale.toml",
        ) from None
    true, meant = abs(figure.value), roughly(figure.magnitude)
    wrong_side = (near is Nearness.OVER and true <= stated) or (
        near is Nearness.UNDER and true >= stated
    )
    if wrong_side or near is not meant.nearness or stated != meant.figure.value:
        raise CheckError(
            f"{sighting.key} is printed as {sighting.text!r}, which states {near} "
            f"{_plain(stated)}; {_plain(true)} is {meant.nearness} {_plain(meant.figure.value)}",
            where=locale.tag,
            remedy="print it with |roughly; the words are under [approximations] in locale.toml",
        )


def check_languages(by_language: Mapping[str, Sequence[Sighting]]) -> None:
    """Raises CheckError when two languages do not print the same facts and dates by section.

    A note is one language's own, and the annex lists whatever the rest prints.
    """
    told = {
        tag: {
            (s.section, s.key)
            for s in sightings
            if not s.key.startswith("name:")
            and not s.section.startswith("note-")
            and s.section != "annex"
        }
        for tag, sightings in by_language.items()
    }
    tags = list(told)
    for other in tags[1:]:
        missing = told[tags[0]] - told[other]
        extra = told[other] - told[tags[0]]
        if missing or extra:
            raise CheckError(
                f"{other} does not print the same facts as {tags[0]}; missing: "
                f"{_listed(missing)}; extra: {_listed(extra)}",
                where="parity",
                remedy="compare the placeholders of the messages in the sections named",
            )


def check_overrides(overrides: Sequence[Override], pages: Mapping[str, Sequence[Said]]) -> None:
    """Raises CheckError when an override prints other facts than the same message elsewhere."""
    said = {tag: {entry.message: entry.keys for entry in page} for tag, page in pages.items()}
    for override in overrides:
        if override.language not in said:
            continue
        own = said[override.language].get(override.message, frozenset())
        for tag in said:
            theirs = said[tag].get(override.message, frozenset())
            if own != theirs:
                raise CheckError(
                    f"the override of {override.message} does not print the same facts as the "
                    f"message in {tag}; missing: {', '.join(sorted(theirs - own)) or 'none'}; "
                    f"extra: {', '.join(sorted(own - theirs)) or 'none'}",
                    where=override.where,
                    remedy=f"print the same facts, or override {override.message} in {tag} too",
                )


def _listed(keys: set[tuple[str, str]]) -> str:
    return ", ".join(f"{key} in {section}" for section, key in sorted(keys)[:8]) or "none"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
