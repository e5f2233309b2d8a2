"""What is asked of the replay server and what it answers, before faults and the wire."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json; charset=utf-8"
CSV = "text/csv; charset=utf-8"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """A response; of ``sent_share`` below one only that share of the bytes promised goes out.

    ``path`` is what was asked for, mount and query included.
    """

    status: int
    content_type: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    delay_seconds: float = 0.0
    sent_share: float = 1.0
    hang_up: bool = False
    path: str = ""


def of_json(payload: Any, status: int = 200, content_type: str = JSON) -> Answer:
    """An answer with a JSON body in the compact form of the providers."""
    body = json.dumps(payload, separators=(",", ":")).encode()
    return Answer(status, content_type, body)


def of_csv(text: str) -> Answer:
    """An answer with a CSV body."""
    return Answer(200, CSV, text.encode())


def of_html(status: int, title: str) -> Answer:
    """An error page for people."""
    page = (
        f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>{title}</body></html>\n"
    )
    return Answer(status, HTML, page.encode())
