"""The colours of the design: readable, and told apart by every reader and on every printer."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from reportgen import design
from reportgen.errors import InputError
from tests.conftest import NO_PROJECT

DESIGN = design.load(NO_PROJECT)
SCHEMES = ("light", "dark")

# Shapes that stand beside each other in one chart: lines, areas, bars.
BESIDE = [
    ("blue", "orange"),
    ("blue", "teal"),
    ("orange", "teal"),
    ("blue", "red"),
    ("red", "grey"),
]

# What colour-blind readers see, by Machado, Oliveira and Fernandes (2009), severity 1.0: rows of
# red, green and blue in linear light.
SIGHT = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
Rgb = tuple[float, float, float]


def linear(colour: str) -> Rgb:
    """sRGB as light, each channel from 0 to 1."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return red, green, blue


def luminance(rgb: Rgb) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def lab(rgb: Rgb) -> Rgb:
    """CIE L*a*b* under D65."""
    r, g, b = (min(max(c, 0.0), 1.0) for c in rgb)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, luminance((r, g, b)), z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2."""
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, sight: str) -> Rgb:
    rgb = linear(colour)
    rows = SIGHT[sight]
    r, g, b = (sum(part * c for part, c in zip(row, rgb, strict=True)) for row in rows)
    return r, g, b


def test_the_measures_themselves() -> None:
    """White on black is 21 to 1; L* runs from 0 to 100; a grey is a grey to every eye."""
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert lab(linear("#ffffff"))[0] == pytest.approx(100, abs=0.01)
    assert lab(linear("#777777"))[0] == pytest.approx(50, abs=0.2)
    for sight in SIGHT:
        assert lab(seen("#808080", sight)) == pytest.approx(lab(linear("#808080")), abs=0.5)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_can_be_read(scheme: str) -> None:
    palette = getattr(DESIGN, scheme)
    words = ["ink", "muted", "accent", *(n for n in design.CHART_COLOURS if n.endswith("_text"))]
    for name in words:
        for ground in ("paper", "tint") if name in ("ink", "muted", "accent") else ("paper",):
            measured = contrast(getattr(palette, name), getattr(palette, ground))
            assert measured >= 4.5, f"{name} on {ground}: {measured:.2f}"
    assert contrast(palette.ink, palette.mark) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_shapes_stand_out_from_the_page(scheme: str) -> None:
    """WCAG 1.4.11 asks 3 to 1 of what has to be seen; teal and grey have labels of their own."""
    palette = getattr(DESIGN, scheme)
    for name in ("blue", "orange", "red"):
        assert contrast(getattr(palette, name), palette.paper) >= 3, name
    for name in ("teal", "grey"):
        assert contrast(getattr(palette, name), palette.paper) >= 2.4, name


@pytest.mark.parametrize("scheme", SCHEMES)
def test_shapes_are_told_apart_in_grey(scheme: str) -> None:
    palette = getattr(DESIGN, scheme)
    for one, other in BESIDE:
        lightness = [lab(linear(getattr(palette, name)))[0] for name in (one, other)]
        apart = abs(lightness[0] - lightness[1])
        assert apart >= 6, f"{one} and {other} are {apart:.1f} of 100 apart in {scheme}"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("sight", SIGHT)
def test_shapes_are_told_apart_by_colour_blind_readers(sight: str, scheme: str) -> None:
    palette = getattr(DESIGN, scheme)
    for one, other in BESIDE:
        a, b = (lab(seen(getattr(palette, name), sight)) for name in (one, other))
        apart = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
        assert apart >= 20, f"{one} and {other} are {apart:.1f} apart to {sight}"


def test_both_schemes_have_colours_of_their_own() -> None:
    for name in design.CHART_COLOURS:
        assert getattr(DESIGN.light, name) != getattr(DESIGN.dark, name), name
    assert len({getattr(DESIGN.light, name) for name in design.CHART_COLOURS}) == 14


def project_with(folder: Path, old: str, new: str) -> Path:
    shipped = (Path(design.resources.TEMPLATES) / design.FILE).read_text(encoding="utf-8")
    assert shipped.count(old) == 1
    own = folder / "templates" / design.FILE
    own.parent.mkdir(parents=True)
    own.write_text(shipped.replace(old, new), encoding="utf-8")
    return folder


def test_a_project_may_have_its_own(tmp_path: Path) -> None:
    project = project_with(tmp_path, 'orange = "#bd5b14"', 'orange = "#808000"')
    assert design.load(project).light.orange == "#808000"
    assert "--orange: #808000;" in design.load(project).custom_properties()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('orange = "#bd5b14"', 'orange = "orange"', "light.orange: 'orange' is no colour"),
        ('orange = "#bd5b14"', 'orange = "#52b09d"', "#52b09d stands for two colours of charts"),
        ("font_pt = 7", "font_pt = 0", "chart.font_pt"),
        ("gap_mm = 6", "", "page.gap_mm"),
    ],
)
def test_faults_are_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(InputError) as caught:
        design.load(project_with(tmp_path, old, new))
    assert named in caught.value.what
    assert caught.value.where.endswith("tokens.toml")


def test_pairs_that_are_held_apart_are_those_drawn() -> None:
    """The list above names all that the tones of charts can put side by side."""
    from reportgen.charts.style import TONES
    from reportgen.model.chart import Tone

    lines = {TONES[tone] for tone in (Tone.RESERVES, Tone.TGA, Tone.ON_RRP)}
    assert {frozenset(pair) for pair in combinations(lines, 2)} <= {frozenset(p) for p in BESIDE}
