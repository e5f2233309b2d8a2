"""The text of the brief of 2 December 2025, as read and approved.

    pytest tests/documents/test_golden.py --update-golden

writes the texts again; read them before they are committed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import LANGUAGES
from tests.documents.reading import article

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_text_is_the_approved_one(tag: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"brief-2025-12-02.{tag}.txt"
    text = article("2025-12-02", tag)
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
