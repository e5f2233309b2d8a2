"""The mail of a brief: text, HTML with its charts, the PDF; a draft that a desk opens and sends."""

from __future__ import annotations

import hashlib
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime

from reportgen.clock import NEW_YORK
from reportgen.errors import InputError, RenderError
from reportgen.language.locale import Locale
from reportgen.model import Brief
from reportgen.render import glyphs, mail_check, mail_html, mail_text
from reportgen.render.mail_draft import MailDraft
from reportgen.render.page import Page
from reportgen.settings import Settings


def write(page: Page, brief: Brief, settings: Settings, document: bytes) -> bytes:
    """The message with a document attached; equal pages and documents give equal bytes.

    InputError when the desk's contact is no address to send from; CheckError when a part does not
    print what the page prints.
    """
    draft, locale = page.mail, page.locale
    if draft is None:
        raise RenderError("the page was built without its mail", where=locale.tag)
    sender = _sender(settings, page.desk)
    text, html = mail_text.write(draft, locale), mail_html.write(draft)
    mail_check.check_parts(draft, html, text, locale.tag)
    glyphs.check(draft.subject + text, locale)
    day = brief.as_of.isoformat()
    message = _assembled(draft, text, html, locale)
    message.add_attachment(
        document, maintype="application", subtype="pdf", filename=f"brief-{day}-{locale.tag}.pdf"
    )
    digest = hashlib.sha256("\0".join((draft.subject, text, html)).encode() + document).hexdigest()
    for header, value in {
        "Subject": draft.subject,
        "From": sender,
        "Reply-To": sender,
        "Date": format_datetime(brief.cutoff.astimezone(NEW_YORK)),
        "Message-ID": f"<{day}.{locale.tag}.{digest[:16]}@{sender.domain}>",
        "Content-Language": locale.tag,
        # Mail programs open it as a draft, for the desk to say to whom.
        "X-Unsent": "1",
    }.items():
        message[header] = value
    _settle(message, digest)
    return message.as_bytes()


def _sender(settings: Settings, desk: str) -> Address:
    """The desk by its name in this language."""
    contact = settings.project.contact
    try:
        return Address(desk, addr_spec=contact)
    except (MessageError, ValueError, IndexError):
        raise InputError(
            f"[project] contact is {contact!r}, and no mail can be sent from it",
            where="reportgen.toml",
            remedy='set contact = "desk@your-firm.example", or leave eml out of the formats',
        ) from None


def _assembled(draft: MailDraft, text: str, html: str, locale: Locale) -> EmailMessage:
    # In base64 Chinese takes a third more than its bytes, in quoted-printable three times as much.
    encoding = "base64" if locale.typography == "han" else "quoted-printable"
    message = EmailMessage(SMTP)
    message.set_content(text, charset="utf-8", cte=encoding)
    message.add_alternative(html, subtype="html", charset="utf-8", cte=encoding)
    *_, rich = message.iter_parts()
    for cid, image in draft.images.items():
        name = f"{cid.partition('.')[0]}.png"
        rich.add_related(image, "image", "png", cid=f"<{cid}>", filename=name, disposition="inline")
    for part in message.walk():
        if part.get_content_maintype() == "text":
            part["Content-Language"] = locale.tag
    return message


def _settle(message: MIMEPart, digest: str) -> None:
    """Boundaries by what is between them, instead of by chance; one version for all parts."""
    for place, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{digest[:32]}_{place}")
        if part is not message:
            del part["MIME-Version"]
