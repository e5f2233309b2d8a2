"""Which characters are set one by one, without spaces between words."""

from __future__ import annotations

# Han characters of every region; for what only tells regions apart.
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# With kana, bopomofo and the marks that repeat a character: what lines, gaps and marks go by.
IDEOGRAPHIC = f"\u3005-\u3007\u3041-\u3096\u309d-\u30ff\u3105-\u312f\u31f0-\u31ff{HAN}\uf900-\ufaff"

# Small kana and the marks of length and repetition, which begin no line.
NEVER_FIRST = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶー々ゝゞヽヾ"

CLOSING, OPENING = "，。、；：！？）」』》”’】〉", "（「『《“‘【〈"
