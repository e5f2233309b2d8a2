"""The metadata of a PDF in XMP: both standards it keeps, title and text in its language."""

from __future__ import annotations

from xml.sax.saxutils import escape

from weasyprint import __version__
from weasyprint.document import DocumentMetadata

# PDF/A-3 lets no property stand in the metadata that it does not know or that is not described:
# the mark of PDF/UA is described here (ISO 19005-3, 6.6.2.3).
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:title>{title}</dc:title>
<dc:creator><rdf:Seq>{authors}</rdf:Seq></dc:creator>
<dc:description>{description}</dc:description>
{dates}
<pdf:Producer>{producer}</pdf:Producer>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the document keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


def packet(metadata: DocumentMetadata) -> bytes:
    """The XMP packet of a document with the title, author, dates and language of its page."""
    language = escape(metadata.lang or "")
    return _PACKET.format(
        language=language,
        title=_in_language(metadata.title or "", language),
        authors="".join(f"<rdf:li>{escape(author)}</rdf:li>" for author in metadata.authors),
        description=_in_language(metadata.description or "", language),
        dates="".join(
            f"<xmp:{name}>{escape(day)}</xmp:{name}>"
            for name, day in (("CreateDate", metadata.created), ("ModifyDate", metadata.modified))
            if day
        ),
        producer=f"WeasyPrint {__version__}",
    ).encode()


def _in_language(text: str, language: str) -> str:
    """A text that is the default and that of its language; XMP asks for the former."""
    items = "".join(
        f'<rdf:li xml:lang="{tag}">{escape(text)}</rdf:li>' for tag in ("x-default", language)
    )
    return f"<rdf:Alt>{items}</rdf:Alt>"
