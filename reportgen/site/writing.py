"""The pen of the site in one language: pages through templates, framed, typeset and traced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from reportgen import design
from reportgen.charts.drawn import plain_text
from reportgen.charts.interactive import embedded
from reportgen.language import catalogue
from reportgen.language.locale import Locale
from reportgen.language.printer import Printer
from reportgen.language.templates import Templates
from reportgen.language.typography import typeset
from reportgen.model import Printed
from reportgen.render import assets as sheets
from reportgen.render import trace
from reportgen.settings import Settings
from reportgen.site.listing import digest
from reportgen.site.places import FEED, Place

# Style sheets of the site's own, in the order in which they come.
SHEETS = ("site.css", "site-data.css", "site-text.css")


class Assets:
    """Files that several pages share, each under a name that tells its content."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def add(self, name: str, text: str | bytes) -> str:
        """The path of a file called ``name``, such as ``site.css``, in the site."""
        content = text.encode() if isinstance(text, str) else text
        stem, _, kind = name.rpartition(".")
        path = f"assets/{stem}.{digest(content)[:12]}.{kind}"
        self.files[path] = content
        return path


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page tells those who do not read it: search engines, other sites.

    ``image`` is the path of its card; ``data`` are JSON-LD objects; the times are those of an
    article. ``wasm`` lets the search compile its index.
    """

    title: str
    description: str
    kind: str = "website"
    image: str = ""
    published: str = ""
    modified: str = ""
    data: tuple[Mapping[str, Any], ...] = ()
    wasm: bool = False


class Writer:
    """Writes pages in one language of the site's ``languages``.

    ``newest`` is the date of its newest brief, ``card`` the path of the image that stands for it.
    """

    def __init__(
        self,
        project: Path,
        settings: Settings,
        locale: Locale,
        languages: tuple[Locale, ...],
        newest: date,
        assets: Assets,
        card: str = "",
        *,
        draft: bool = False,
    ) -> None:
        self.project = project
        self.settings = settings
        self.locale = locale
        self.languages = languages
        self.assets = assets
        self.card = card
        self.base_url = settings.site.base_url
        self.printer = Printer(locale, newest, draft=draft)
        messages = catalogue.load(locale, project, draft=draft)
        self.templates = Templates(project, messages, self.printer)
        self.names = vars(self.templates.module("series.j2", {}))
        self.furniture = vars(self.templates.module("furniture.j2", {}))
        self.labels = vars(self.templates.module("site/labels.j2", {}))
        self.design = design.load(project)
        self.lifted: list[Printed] = []
        self.title = settings.site.title.get(locale.tag) or str(self.furniture["title"])
        self.desk = settings.project.desk.get(locale.tag) or str(self.furniture["desk"])
        self.disclaimer = Markup.escape(settings.project.disclaimer.get(locale.tag, "")) or Markup(
            self.furniture["disclaimer"]
        )

    def page(self, place: Place, name: str, values: Mapping[str, Any], **head: Any) -> bytes:
        """A page of the site from ``site/<name>.html.j2``; CheckError for a number of nowhere."""
        self.printer.section = name
        module = self.templates.module(f"site/{name}.html.j2", {**self.shared(place), **values})
        title, description, body = (
            self.templates.call(module, part) for part in ("title", "description", "body")
        )
        told = Head(self._plain(title), self._plain(description), image=self.card, **head)
        context = {**self.frame(place, told), "body": body}
        html = typeset(self.templates.render("site/page.html.j2", context), self.locale)
        trace.check(html, self.locale, (*self.printer.printed, *self.lifted), self.registered)
        return html.encode()

    def _plain(self, text: Markup) -> str:
        return " ".join(plain_text(Markup(typeset(text, self.locale))).split())

    @property
    def registered(self) -> tuple[str, ...]:
        """Names and texts of the desk, which may hold digits."""
        own = self.settings.project
        titles = self.settings.site.title.values()
        return (*own.desk.values(), *own.disclaimer.values(), *titles, own.contact)

    def shared(self, place: Place) -> dict[str, Any]:
        """What every template of the site may use."""
        return {
            "locale": self.locale,
            "languages": self.languages,
            "place": place,
            "root": place.root,
            "own": f"{place.root}{self.locale.tag}/",
            "names": self.names,
            "separator": self.locale.lists.separator,
            "furniture": self.furniture,
            "site_title": self.title,
            "desk": self.desk,
            "contact": self.settings.project.contact,
            "disclaimer": self.disclaimer,
        }

    def frame(self, place: Place, head: Head) -> dict[str, Any]:
        """The values of the frame around a page: head, navigation, foot."""
        here = place.path.partition("/")[0]
        return {
            **self.shared(place),
            "head": head,
            "here": here,
            "address": place.address(self.base_url),
            "alternates": place.alternates(self.base_url),
            "image": f"{self.base_url}/{head.image}" if head.image else "",
            "feed": f"{self.base_url}/{self.locale.tag}/{FEED}",
            "sheet": place.root + self.sheet(),
            "icon": place.root + self.icon(),
            "data": [Markup(embedded(item)) for item in head.data],
            "others": [self._elsewhere(place, other) for other in self.languages],
            "search": self.settings.site.search,
            "og_locale": self.locale.territorial,
        }

    def _elsewhere(self, place: Place, other: Locale) -> dict[str, Any]:
        """The page in a language, or that language's home page where it has no such page."""
        has_it = other.tag in place.tags
        link = f"{place.root}{other.tag}/{place.path if has_it else ''}"
        return {"locale": other, "link": link, "here": other.tag == place.tag and has_it}

    def sheet(self) -> str:
        """The style sheet of the site's own pages in this language."""
        read = [self.design.custom_properties()]
        read += [self._css(name) for name in ("base.css", "screen.css", "charts.css", *SHEETS)]
        return self.assets.add(f"site-{self.locale.tag}.css", "".join(read))

    def beside_sheet(self) -> str:
        """What the page of a brief needs beside its own style sheet."""
        return self.assets.add("site.css", self._css("site.css"))

    def icon(self) -> str:
        """The mark of the site in the tabs of a browser."""
        return self.assets.add("icon.svg", self.text("icon.svg"))

    def _css(self, name: str) -> str:
        return sheets.style_sheet(name, self.project, self.design, self.locale)

    def text(self, name: str) -> str:
        """A file of ``templates/assets``."""
        return sheets.text(name, self.project)

    def lift(self, html: str, relink: Callable[[str], str]) -> Markup:
        """A part of a brief's page, which has passed its gates, with its links led elsewhere."""
        for seen in trace.read_page(html).sightings:
            self.lifted.append(Printed(seen.section, seen.key, seen.text, seen.rounded))
        return Markup(relink(html))
