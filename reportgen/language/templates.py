"""The templates in one language: strict about names, translated, printing through one pen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from markupsafe import Markup

from reportgen import resources
from reportgen.errors import RenderError
from reportgen.language.catalogue import Catalogue
from reportgen.language.messages import Messages, Rewording
from reportgen.language.printer import Printer

# What an expression of a template may raise besides: a filter given nothing, a sum of texts.
_FAULTS = (TemplateError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError)


class _Compiled(BytecodeCache):
    """Templates compiled once for all languages: half a second each time it is not done again."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what was compiled from the same text of the same file."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps it for the next language."""
        self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class Templates:
    """Loads templates of a project and calls their macros with the brief's facts."""

    def __init__(
        self,
        project: Path,
        catalogue: Catalogue,
        printer: Printer,
        rewordings: Mapping[str, Rewording] | None = None,
    ) -> None:
        self.printer = printer
        self.messages = Messages(catalogue, rewordings)
        self._folders = resources.template_folders(project)
        environment = Environment(
            loader=FileSystemLoader(self._folders),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        environment.policies["ext.i18n.trimmed"] = True
        # Jinja's own way to install them would fill the placeholders out of our sight.
        environment.newstyle_gettext = True  # type: ignore[attr-defined]  # added by the extension
        environment.globals.update(
            pgettext=self.messages.pgettext, gettext=self.messages.gettext, ngettext=_no_plural
        )
        environment.filters.update(printer.filters())
        self._environment = environment

    def compile_all(self) -> None:
        """Compiles every template; RenderError with file and line when one is malformed."""
        for name in self._environment.list_templates(extensions=["j2"]):
            try:
                self._environment.get_template(name)
            except TemplateError as error:
                raise self._fault(error, name) from error

    def module(self, name: str, values: Mapping[str, Any]) -> TemplateModule:
        """A template with its macros and texts; RenderError with file and line when it fails."""
        try:
            return self._environment.get_template(name).make_module(dict(values))
        except _FAULTS as error:
            raise self._fault(error, name) from error

    def call(self, module: TemplateModule, macro: str) -> Markup:
        """What a macro writes; RenderError with file and line when it fails."""
        written = getattr(module, macro, None)
        if written is None:
            raise RenderError(
                f"has no macro {macro}()",
                where=f"templates/{module.__name__}",
                remedy="add it, as the shipped template shows",
            )
        try:
            return Markup(written())
        except _FAULTS as error:
            raise self._fault(error, str(module.__name__)) from error

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """A whole document; RenderError with file and line when it fails."""
        try:
            return self._environment.get_template(name).render(dict(values))
        except _FAULTS as error:
            raise self._fault(error, name) from error

    def _fault(self, error: Exception, name: str) -> RenderError:
        """An error of a template as one message: file, line, what is wrong."""
        if isinstance(error, TemplateNotFound):
            return RenderError(
                "there is no such template",
                where=f"templates/{error.name}",
                remedy="restore it, or correct the name in the template that asks for it",
            )
        if isinstance(error, TemplateSyntaxError):
            where, line = error.name or name, error.lineno
        else:
            where, line = self._place(error.__traceback__, name)
        what = error.message if isinstance(error, TemplateError) else error
        return RenderError(
            f"{type(error).__name__}: {what}",
            where=f"templates/{where}" + (f", line {line}" if line else ""),
            remedy="correct the template; the facts a section has are listed by `reportgen facts`",
        )

    def _place(self, traceback: TracebackType | None, name: str) -> tuple[str, int]:
        """The innermost template of a traceback, and its line."""
        place = (name, 0)
        while traceback is not None:
            file = Path(traceback.tb_frame.f_code.co_filename)
            # Jinja rewrites tracebacks of whole documents only; in a module or a macro the line is
            # that of the compiled code.
            compiled = traceback.tb_frame.f_globals.get("__jinja_template__")
            line = traceback.tb_lineno
            for folder in self._folders:
                if file.is_relative_to(folder):
                    line = compiled.get_corresponding_lineno(line) if compiled else line
                    place = (file.relative_to(folder).as_posix(), line)
            traceback = traceback.tb_next
        return place


def _no_plural(*_: object, **_values: object) -> str:
    raise TypeError("plural forms belong to the units of locale.toml")
