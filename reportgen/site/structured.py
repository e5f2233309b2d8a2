"""What a brief is in the words of schema.org, for machines that read the page (JSON-LD)."""

from __future__ import annotations

from typing import Any

from reportgen.site.issued import Version
from reportgen.site.places import Place
from reportgen.site.told_briefs import Told
from reportgen.site.writing import Writer

CONTEXT = "https://schema.org"


def article(told: Told, first: Version, place: Place, writer: Writer) -> dict[str, Any]:
    """A brief as an Article; its times are those at which it was first and last issued."""
    address = place.address(writer.base_url)
    desk = {"@type": "Organization", "name": writer.desk}
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Article",
        "headline": told.plain_headline,
        "description": told.description,
        "inLanguage": writer.locale.tag,
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": first.issued_at.isoformat(),
        "dateModified": told.version.issued_at.isoformat(),
        "author": desk,
        "publisher": desk,
        "isPartOf": {
            "@type": "Periodical",
            "name": writer.title,
            "url": f"{writer.base_url}/{writer.locale.tag}/",
        },
    }
    if told.has_card:
        found["image"] = [f"{address}card.png"]
    if told.has_pdf:
        found["encoding"] = {
            "@type": "MediaObject",
            "contentUrl": f"{address}brief.pdf",
            "encodingFormat": "application/pdf",
        }
    return found
