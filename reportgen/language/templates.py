"""The templates in one language: strict about names, translated, printing through one pen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.environment import TemplateModule
from markupsafe import Markup

from reportgen import resources
from reportgen.errors import RenderError
from reportgen.language.catalogue import Catalogue
from reportgen.language.printer import Printer


class Templates:
    """Loads templates of a project and calls their macros with the brief's facts."""

    def __init__(self, project: Path, catalogue: Catalogue, printer: Printer) -> None:
        self.printer = printer
        environment = Environment(
            loader=FileSystemLoader(resources.template_folders(project)),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.policies["ext.i18n.trimmed"] = True
        environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
            catalogue.gettext, _no_plural, newstyle=True, pgettext=catalogue.pgettext
        )
        environment.filters.update(printer.filters())
        self._environment = environment

    def module(self, name: str, values: Mapping[str, Any]) -> TemplateModule:
        """A template with its macros and texts; RenderError with file and line when it fails."""
        try:
            return self._environment.get_template(name).make_module(dict(values))
        except TemplateError as error:
            raise fault(error, name) from error

    def call(self, module: TemplateModule, macro: str) -> Markup:
        """What a macro writes; RenderError with file and line when it fails."""
        try:
            return Markup(getattr(module, macro)())
        except TemplateError as error:
            raise fault(error, str(module)) from error
        except AttributeError as error:
            raise RenderError(
                f"has no macro {macro}()",
                where=f"templates/{module.__name__}",
                remedy="add it, as the shipped template shows",
            ) from error

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """A whole document; RenderError with file and line when it fails."""
        try:
            return self._environment.get_template(name).render(dict(values))
        except TemplateError as error:
            raise fault(error, name) from error


def _no_plural(*_: object) -> str:
    raise TypeError("plural forms belong to the units of locale.toml")


def fault(error: TemplateError, name: str) -> RenderError:
    """A template error as one message: file, line, what is wrong."""
    if isinstance(error, TemplateSyntaxError):
        where, line = error.name or name, error.lineno
    elif isinstance(error, TemplateNotFound):
        where, line = str(error.name), 0
        return RenderError("there is no such template", where=f"templates/{where}")
    else:
        where, line = _place(error.__traceback__, name)
    return RenderError(
        f"{type(error).__name__}: {error.message}",
        where=f"templates/{where}, line {line}",
        remedy="correct the template; the facts a section has are listed by `reportgen facts`",
    )


def _place(traceback: TracebackType | None, name: str) -> tuple[str, int]:
    place = (name, 0)
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            place = (str(Path(*Path(file).parts[-2:])), traceback.tb_lineno)
        traceback = traceback.tb_next
    return place
