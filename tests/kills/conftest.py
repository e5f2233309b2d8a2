"""The whole pull of ``tests/pull``."""

from __future__ import annotations

from tests.pull.conftest import first_pull

__all__ = ["first_pull"]
