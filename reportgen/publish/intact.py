"""A built site is sent only as its listing says it was built."""

from __future__ import annotations

from pathlib import Path

from reportgen.errors import CheckError
from reportgen.site.listing import FILE, Listing, digest

_SHOWN = 5
_REMEDY = "run reportgen site again, and edit nothing in its folder"


def require(site: Path, listing: Listing) -> None:
    """CheckError when a file of the listing is missing or is another than it was built."""
    faults = [fault for path in sorted(listing.files) if (fault := _fault(site, listing, path))]
    if not (site / FILE).is_file() or (site / FILE).read_bytes() != listing.to_json():
        faults.append(f"{FILE} is not its listing")
    if faults:
        more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise CheckError("; ".join(faults[:_SHOWN]) + more, where=str(site), remedy=_REMEDY)


def read(site: Path, listing: Listing, path: str) -> bytes:
    """The content of one file; CheckError when it has changed since it was built."""
    try:
        content = (site / path).read_bytes()
    except OSError as error:
        raise CheckError(
            f"cannot be read ({error.strerror})", where=str(site / path), remedy=_REMEDY
        ) from None
    if digest(content) != listing.files[path]:
        raise CheckError("has changed since it was built", where=str(site / path), remedy=_REMEDY)
    return content


def is_whole(folder: Path, listing: Listing) -> bool:
    """Whether a folder holds every file of the listing as it was built."""
    return all(holds(folder, path, checksum) for path, checksum in listing.files.items())


def holds(folder: Path, path: str, checksum: str) -> bool:
    """Whether a file of this content lies there."""
    file = folder / path
    return file.is_file() and digest(file.read_bytes()) == checksum


def _fault(site: Path, listing: Listing, path: str) -> str:
    if holds(site, path, listing.files[path]):
        return ""
    return f"{path} {'has changed' if (site / path).is_file() else 'is missing'}"
