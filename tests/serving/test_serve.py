"""The preview over real HTTP: what is saved is shown, what is wrong is told, nothing else leaks."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Event, Thread

import html5lib
import pytest
from click.testing import CliRunner

from reportgen.cli import group
from reportgen.errors import InputError
from reportgen.serving import answering, watching
from reportgen.serving.drafting import Drafting
from reportgen.serving.previewing import Preview
from reportgen.serving.sited import SitePreview
from reportgen.settings import Settings
from tests.conftest import brief_as_of
from tests.render.made import AS_OF
from tests.site.desk import BEFORE, built
from tests.site.made import histories
from tests.translation.files import TEXT, line_of, path_in, project_with, translated, with_template

PAGE, SHEET, WAITING, EVENTS = "/zh-Hans/brief.html", "/sheet", "/sheet/waiting", "/preview/events"
CAPTION = "tools.dates.caption"
# Long beyond what is promised: the machine may be busy. `make bench` measures it.
PATIENCE = 15


class Browser:
    """Asks the preview, and hears of its changes."""

    def __init__(self, port: int, project: Path) -> None:
        self.port = port
        self.project = project
        self._events = self.get(EVENTS)
        self.news()

    def get(self, path: str, **headers: str) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers=headers)
        return connection.getresponse()

    def page(self, path: str = PAGE) -> str:
        """A page without the marks that keep the end of a line together."""
        return re.sub(r'<span class="keep">(.*?)</span>', r"\1", self.get(path).read().decode())

    def news(self) -> str:
        """The name of the next state."""
        started = time.monotonic()
        while time.monotonic() - started < PATIENCE:
            line = self._events.readline().decode()
            if line.startswith("data: "):
                return line.removeprefix("data: ").strip()
        raise TimeoutError("nothing has changed")

    def changed(self, holds: Callable[[str], bool]) -> str:
        """The page of the first change it ``holds`` of: one save may be several changes."""
        while True:
            self.news()
            page = self.page()
            if holds(page):
                return page

    def saved(self, text: str, *, shows: str = "", lacks: str = "") -> str:
        """The page once the locale file was saved."""
        path_in(self.project).write_text(text, encoding="utf-8")
        return self.changed(lambda page: shows in page and (not lacks or lacks not in page))


@contextmanager
def previewed(project: Path) -> Iterator[Browser]:
    brief = brief_as_of(date.fromisoformat(AS_OF))
    drafting = Drafting(project, "zh-Hans", brief, Settings())
    stop = Event()
    with answering.listen(0) as server:
        sited = SitePreview(drafting, project / "output", server.address, histories())
        server.preview = Preview(drafting, sited)
        threads = [
            Thread(target=server.serve_forever, daemon=True),
            Thread(
                target=watching.on_change,
                args=(project, server.preview.remake, stop),
                daemon=True,
            ),
        ]
        for thread in threads:
            thread.start()
        yield Browser(server.server_port, project)
        stop.set()
        server.shutdown()
        for thread in threads:
            thread.join()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A desk whose last brief is built, in both languages."""
    project = project_with(tmp_path_factory.mktemp("desk"), TEXT)
    built(project, BEFORE)
    with previewed(project) as started:
        yield started


def test_the_draft_is_served(browser: Browser) -> None:
    front = browser.get("/")
    assert (front.status, front.getheader("Location")) == (302, PAGE)
    page = browser.page()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "美元流动性周报" in page
    assert "后续重要日期" in page
    assert 'class="draft"' in page
    assert "preview-fault" not in page


def test_so_are_the_files_of_the_draft(browser: Browser) -> None:
    data = browser.get("/zh-Hans/charts/srf_daily.csv")
    assert data.getheader("Content-Type") == "text/csv; charset=utf-8"
    assert "2025-12-01" in data.read().decode()
    for path in ("/preview/preview.js", "/preview/preview.css"):
        assert browser.get(path).status == 200


def test_a_saved_translation_is_shown(browser: Browser) -> None:
    browser.saved(translated(CAPTION, "此后的日子"), shows="此后的日子")
    assert "此后的日子" in browser.page(SHEET)
    browser.saved(TEXT, shows="后续重要日期", lacks="此后的日子")
    assert "此后的日子" not in browser.page(SHEET)


def test_the_site_has_the_draft_in_it(browser: Browser) -> None:
    """The draft is the newest brief of its language; others have those that are built."""
    home = browser.page("/site/zh-Hans/")
    html5lib.HTMLParser(strict=True).parse(home)
    assert f'href="../zh-Hans/{AS_OF}/"' in home
    assert f'href="../zh-Hans/{BEFORE}/"' in home
    assert AS_OF not in browser.page("/site/en/archive/")
    page = browser.page(f"/site/zh-Hans/{AS_OF}/")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "缩表已经落幕" in page
    assert 'class="draft-banner"' in page
    for path in re.findall(r'<link rel="stylesheet" href="\.\./\.\./([^"]+)"', page):
        assert browser.get(f"/site/{path}").getheader("Content-Type") == "text/css; charset=utf-8"
    data = browser.get(f"/site/zh-Hans/{AS_OF}/charts/srf_daily.csv")
    assert "2025-12-01" in data.read().decode()
    assert "SOFR" in browser.page("/site/zh-Hans/series/sofr/")
    missing = browser.get("/site/zh-Hans/2025-12-01/")
    assert missing.status == 404
    assert "此网址没有对应的页面" in missing.read().decode()


def test_what_is_saved_shows_on_the_site(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    """A sentence on the page of the brief, a template and a style sheet of the site's own."""
    browser.saved(translated(CAPTION, "此后的日子"), shows="此后的日子")
    assert "此后的日子" in browser.page(f"/site/zh-Hans/{AS_OF}/")
    browser.saved(TEXT, shows="后续重要日期", lacks="此后的日子")
    name, sheet = "site/archive.html.j2", "assets/site.css"
    with_template(browser.project, name, "<h1>", '<h1 class="of-the-desk">')
    while "of-the-desk" not in browser.page("/site/zh-Hans/archive/"):
        browser.news()
    with_template(browser.project, sheet, "body.site {", "body.site { color: red;")
    while True:
        page = browser.page("/site/zh-Hans/")
        (path,) = re.findall(r'rel="stylesheet" href="\.\./(assets/[^"]+)"', page)
        if "color: red" in browser.get(f"/site/{path}").read().decode():
            break
        browser.news()
    with_template(browser.project, name, "<h1>", "{{ nothing }}<h1>")
    while "nothing&#39; is undefined" not in browser.page("/site/zh-Hans/archive/"):
        browser.news()
    for template in (name, sheet):
        (browser.project / "templates" / template).unlink()
    while "preview-fault" in browser.page("/site/zh-Hans/archive/"):
        browser.news()
    caplog.clear()


def test_untranslated_sentences_are_marked(browser: Browser) -> None:
    marked = '<span class="untranslated" lang="en">Dates ahead</span>'
    page = browser.saved(translated(CAPTION, ""), shows=marked)
    assert "<span>1 not translated on this page</span>" in page
    assert f'<article id="{CAPTION}"' in browser.page(WAITING)
    browser.saved(TEXT, lacks="not translated on this page")


def test_a_broken_file_is_told_and_mended(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    """The last page stays below the fault; so it is with the sheet."""
    broken = TEXT.replace('msgstr "后续重要日期"', 'msgstr "后续重要日期')
    page = browser.saved(broken, shows="This page cannot be made.")
    html5lib.HTMLParser(strict=True).parse(page)
    assert f"line {line_of(CAPTION, TEXT) + 1} has no closing quotation mark" in page
    assert str(path_in(browser.project)) in page
    assert "correct the line" in page
    assert "美元流动性周报" in page
    assert "has no closing quotation mark" in browser.page(SHEET)
    assert "has no closing quotation mark" in caplog.text
    browser.saved(TEXT, lacks="preview-fault")
    assert "preview-fault" not in browser.page(SHEET)
    caplog.clear()


def test_what_a_build_stops_on_is_told(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    """The page is the newest all the same; the finding has its line and its place in the sheet."""
    damaged = translated(CAPTION, "后续3个重要日期")
    page = browser.saved(damaged, shows="A build would stop on this page.")
    assert "numbers on the page have no fact behind them" in page
    assert "1 findings of the check" in page
    assert f"messages.po:{line_of(CAPTION, damaged)}</code>" in page
    assert f'<a href="/sheet#{CAPTION}">' in page
    browser.saved(TEXT, lacks="preview-fault")
    caplog.clear()


def test_a_template_of_the_desk(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    """A folder that comes into being is seen; so is its mistake, and that it is taken out again."""
    name = "sections/tools.html.j2"
    with_template(browser.project, name, "{% macro body() %}", "{% macro body() %}{{ nothing }}")
    page = browser.changed(lambda page: "preview-fault" in page)
    assert "nothing&#39; is undefined" in page
    assert f"templates/{name}, line " in page
    (browser.project / "templates" / name).unlink()
    browser.changed(lambda page: "preview-fault" not in page)
    caplog.clear()


def test_an_editors_note(browser: Browser) -> None:
    folder = browser.project / "notes" / AS_OF / "zh-Hans"
    folder.mkdir(parents=True)
    (folder / "srf.md").write_text("本组的看法。", encoding="utf-8")
    browser.changed(lambda page: "本组的看法。" in page)


@pytest.mark.parametrize(
    "path",
    [
        "/zh-Hans/../../../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/etc/passwd",
        "/reportgen.toml",
        "/zh-Hans/charts/../brief.html",
        "/preview/../answering.py",
        "/preview/preview.css/../../answering.py",
        "/zh-Hans/",
    ],
)
def test_nothing_else_is_served(browser: Browser, path: str) -> None:
    assert browser.get(path).status == 404


def test_only_this_machine_is_answered(browser: Browser) -> None:
    with answering.listen(0) as server:
        assert server.server_address[0] == "127.0.0.1"
    assert browser.get(PAGE, Host=f"briefs.example:{browser.port}").status == 403
    assert browser.get(PAGE, Host=f"localhost:{browser.port}").status == 200


def test_nothing_is_written(browser: Browser) -> None:
    assert [path.name for path in (browser.project / "output").iterdir()] == [BEFORE]


def test_a_port_that_is_taken(browser: Browser) -> None:
    arguments = ["--project", str(browser.project), "serve", "--port", str(browser.port)]
    done = CliRunner().invoke(group, arguments)
    assert isinstance(done.exception, InputError)
    assert done.exception.exit_code == 2
    assert f"port {browser.port} cannot be used" in str(done.exception)
    assert f"--port {browser.port + 1}" in done.exception.remedy


def test_the_command_from_start_to_interrupt(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "reportgen", "--project", str(tmp_path), "serve"]
    with subprocess.Popen(
        [*command, "--port", "0", "--as-of", AS_OF],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has them ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout
        told = process.stdout.readline()
        assert f"shows the draft of {AS_OF}" in told
        browser = Browser(int(told.split()[0].split(":")[2].rstrip("/")), tmp_path)
        assert "美元流动性周报" in browser.page()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (0, "ended\n")
    assert not (tmp_path / "output").exists()
