"""``--format eml`` as a desk runs it: the mail beside the PDF that it carries."""

from __future__ import annotations

import json
import subprocess
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from reportgen import resources

AS_OF = "2025-12-02"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that has every format in its settings, and one language."""
    project = tmp_path_factory.mktemp("desk")
    settings = (resources.STARTER / "reportgen.toml").read_text(encoding="utf-8")
    settings = settings.replace('formats = ["html", "pdf"]', 'formats = ["html", "pdf", "eml"]')
    settings = settings.replace("desk@example.com", "liquidity@bank.example")
    (project / "reportgen.toml").write_text(settings, encoding="utf-8")
    told = reportgen(project, "build", "--as-of", AS_OF, "--lang", "zh-Hans")
    assert [Path(line).name for line in told] == [
        "brief.html", "brief.pdf", "brief.eml", "facts.json", "manifest.json",
    ]  # fmt: skip
    return project


def reportgen(project: Path, *arguments: str) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "reportgen", "--project", str(project), *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return ran.stdout.splitlines()


def test_the_mail_carries_the_pdf(desk: Path) -> None:
    folder = desk / "output" / AS_OF
    content = (folder / "zh-Hans" / "brief.eml").read_bytes()
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    (sender,) = message["From"].addresses
    assert sender.addr_spec == "liquidity@bank.example"
    *_, attached = message.iter_attachments()
    assert attached.get_content() == (folder / "zh-Hans" / "brief.pdf").read_bytes()
    text = message.get_body(("plain",))
    assert text is not None
    assert "12月1日单日投放 260亿美元" in text.get_content()
    assert len(content) < 1_800_000, "a mail that a desk's server takes"


def test_it_is_checked_with_the_rest(desk: Path) -> None:
    manifest = json.loads((desk / "output" / AS_OF / "manifest.json").read_text(encoding="utf-8"))
    assert "zh-Hans/brief.eml" in manifest["outputs"]
    assert reportgen(desk, "check") == []
