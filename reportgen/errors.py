"""Errors a user can act on, each with the exit code the command line ends with.

A message says what is wrong, where, and what to do next. Operator messages are English only;
log levels: INFO names a stage, WARNING asks for the operator's eye, ERROR ends the run.
"""

from __future__ import annotations


class ReportgenError(Exception):
    """Base of every error that is reported as one message instead of a traceback."""

    exit_code = 5

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(self.message())

    def message(self) -> str:
        """The one message: place, fault, remedy."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}\n  → {self.remedy}" if self.remedy else text

    def __reduce__(self) -> tuple[object, ...]:
        """Keeps the three parts when a worker process hands the error back."""
        return (_rebuild, (type(self), self.what, self.where, self.remedy))


def _rebuild(kind: type[ReportgenError], what: str, where: str, remedy: str) -> ReportgenError:
    return kind(what, where=where, remedy=remedy)


class CheckError(ReportgenError):
    """A gate found something that must not be published: untraced figure, parity, translation."""

    exit_code = 1


class InputError(ReportgenError):
    """An option, a language, a settings file or an editors' file is wrong."""

    exit_code = 2


class DataError(ReportgenError):
    """Data are missing, damaged or older than due for the as-of date."""

    exit_code = 3


class SourceError(ReportgenError):
    """A provider or one of its series failed."""

    exit_code = 4


class RenderError(ReportgenError):
    """A template, a font or the disk failed."""

    exit_code = 5


class PublishError(ReportgenError):
    """Where the site is read could not be reached, or refused what was sent."""

    exit_code = 5
