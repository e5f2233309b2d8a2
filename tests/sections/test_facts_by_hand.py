"""Figures of three other days, worked out by hand from the published values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from reportgen.render.records import all_figures
from tests.conftest import brief_as_of

# Bank failures. In millions: total assets 8,639,300 on 2023-03-15, 8,342,283 a week and 8,832,759
# half a year before; reserves 3,251,482, 2,999,720, 3,234,928; TGA 277,643, 311,731, 617,997; ON
# RRP in billions 2,055.823, 2,193.237, 2,225.579; SOMA 7,837,930.953, 7,847,113.084.
MARCH_2023 = [
    ("lead.lending_assets", "297E9"),  # 8,639,300 - 8,342,283 = 297,017
    ("lead.lending_other", "306E9"),  # 297,017 + 9,182.1 that SOMA lost
    ("lead.week_change", "252E9"),  # 3,251,482 - 2,999,720 = 251,762
    ("lead.reserves_change", "17E9"),  # 3,251,482 - 3,234,928 = 16,554
    ("lead.part.assets", "-193E9"),  # 8,639,300 - 8,832,759 = -193,459
    ("lead.part.tga", "340E9"),  # 617,997 - 277,643 = 340,354
    ("lead.part.on_rrp", "170E9"),  # 2,225.579 - 2,055.823 = 169.756
    ("lead.week.part.tga", "34E9"),  # 311,731 - 277,643 = 34,088
    ("lead.week.part.on_rrp", "137E9"),  # 2,193.237 - 2,055.823 = 137.414
    ("qt.soma", "7.84E12"),
    ("funding.sofr_spread", "-7"),  # 4.58 - 4.65
    ("srf.sofr_gap", "17"),  # 4.75 - 4.58, without its sign
    ("tools.effr_to_upper", "17"),  # 4.75 - 4.58
]

# The first real use of the facility, at a quarter-end. Reserves in millions 3,169,149 on
# 2024-09-25, 3,313,281 a week and 3,496,121 half a year before; TGA 778,910, 839,398, 772,260; ON
# RRP in billions 416.193, 305.831, 518.357; total assets 7,080,059, 7,109,137, 7,484,739. On 09-30
# SOFR 4.96, EFFR 4.83.
OCTOBER_2024 = [
    ("srf.told", "2.6E9"),
    ("srf.rank", "1"),
    ("lead.reserves_change", "327E9"),  # 3,496,121 - 3,169,149 = 326,972
    ("lead.week_change", "144E9"),  # 3,313,281 - 3,169,149 = 144,132
    ("lead.part.assets", "-405E9"),  # 7,080,059 - 7,484,739 = -404,680
    ("lead.part.tga", "-7E9"),  # 772,260 - 778,910 = -6,650
    ("lead.part.on_rrp", "102E9"),  # 518.357 - 416.193 = 102.164
    ("lead.week.part.assets", "-29E9"),  # 7,080,059 - 7,109,137 = -29,078
    ("lead.week.part.tga", "60E9"),  # 839,398 - 778,910 = 60,488
    ("lead.week.part.on_rrp", "-110E9"),  # 305.831 - 416.193 = -110.362
    ("funding.sofr_spread", "6"),  # 4.96 - 4.90
    ("srf.sofr_gap", "4"),  # 5.00 - 4.96, without its sign
    ("tools.effr_to_upper", "17"),  # 5.00 - 4.83
]

# Six days after the debt limit was raised. Reserves 3,330,249 on 2025-07-09, 3,225,980 a week and
# 3,369,328 in the last plain week before July 4; TGA 311,048, 372,232, 334,579.
JULY_2025 = [
    ("lead.week_change", "104E9"),  # 3,330,249 - 3,225,980 = 104,269
    ("lead.tga_end", "311E9"),
    ("lead.tga_daily", "311E9"),  # the daily statement closes at 311,048 too
    ("lead.week.part.tga", "61E9"),  # 372,232 - 311,048 = 61,184
    ("lead.week.part.on_rrp", "10E9"),  # 237.307 - 227.273 = 10.034
    ("lead.week.part.assets", "2E9"),  # 6,661,912 - 6,659,598 = 2,314
    ("funding.sofr_spread", "-8"),  # 4.32 - 4.40
    ("tools.effr_to_upper", "17"),  # 4.50 - 4.33
]


@pytest.mark.parametrize(
    ("day", "figures"),
    [
        (date(2023, 3, 16), MARCH_2023),
        (date(2024, 10, 1), OCTOBER_2024),
        (date(2025, 7, 10), JULY_2025),
    ],
    ids=str,
)
def test_figures_as_worked_out_by_hand(day: date, figures: list[tuple[str, str]]) -> None:
    found = {figure.id: figure.displayed for figure in all_figures(brief_as_of(day))}
    assert {name: found[name] for name, _ in figures} == {
        name: Decimal(shown) for name, shown in figures
    }
