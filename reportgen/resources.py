"""Where templates, locales and starter files lie: the project folder first, then what ships."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
STARTER = PACKAGE / "starter"


def _shipped(name: str) -> Path:
    """In a wheel below the package; in a checkout at the top, for the people who edit it."""
    packed = PACKAGE / "_shipped" / name
    return packed if packed.is_dir() else PACKAGE.parent / name


TEMPLATES = _shipped("templates")
LOCALES = _shipped("locales")


def template_folders(project: Path) -> tuple[Path, ...]:
    """The folders to look for a template in; a file of the project overrides the shipped one."""
    return _with_override(project / "templates", TEMPLATES)


def locale_folders(project: Path) -> tuple[Path, ...]:
    """The folders to look for a language in; a file of the project overrides the shipped one."""
    return _with_override(project / "locales", LOCALES)


def _with_override(own: Path, shipped: Path) -> tuple[Path, ...]:
    if own.is_dir() and own.resolve() != shipped.resolve():
        return (own, shipped)
    return (shipped,)


def find(folders: tuple[Path, ...], name: str) -> Path | None:
    """The first file of this relative name, None when no folder has it."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    return None


def editors_file(project: Path, name: str) -> Path:
    """The project's own policy, calendar or outlook file, else the one that ships."""
    own = project / name
    return own if own.is_file() else STARTER / name
