"""The newest draft, kept in memory: made again on a change, and waited for by browsers."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Condition, Lock
from typing import TypeVar

from reportgen.errors import ReportgenError
from reportgen.serving.drafting import Drafting, Made
from reportgen.serving.sited import SitePreview, drafted_file
from reportgen.site.plan import Plan

log = logging.getLogger("reportgen")

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class State:
    """A making of the draft: its name, the last files that could be made, and what is at fault."""

    name: str
    made: Made
    fault: ReportgenError | None


class Preview:
    """Hands out the newest state to any thread; ``remake`` is for one thread alone.

    ``sited`` is the site around the draft, None where it is not shown.
    """

    def __init__(self, drafting: Drafting, sited: SitePreview | None = None) -> None:
        self.drafting = drafting
        self._sited = sited
        self._plan: tuple[str, Plan | ReportgenError] = ("", ReportgenError("there is no site"))
        self._pages: dict[str, bytes | ReportgenError | None] = {}
        self._assets: dict[str, bytes] = {}
        # What draws charts does so for one page at a time.
        self._making = Lock()
        # Told apart from the makings of an earlier start, which a browser may still show.
        self._start = secrets.token_hex(4)
        self._count = 0
        self._changed = Condition()
        self._state = State(self._start, Made(), None)
        self._sheets: dict[tuple[str, bool], str | ReportgenError] = {}
        self._one_sheet_at_a_time = Lock()
        self.remake()

    def remake(self) -> None:
        """Makes the draft anew; where it cannot be made, the last one stays and the fault is told.

        What was wrong before and is mended is forgotten.
        """
        with self._making:
            made = _tried(self.drafting.draft)
        self._count += 1
        name = f"{self._start}-{self._count}"
        if isinstance(made, ReportgenError):
            state = State(name, self._state.made, made)
        else:
            state = State(name, made, made.gate)
        if state.fault:
            log.warning("%s", state.fault.message())
        else:
            log.info("render: %s", self.drafting.address)
        with self._changed:
            self._state = state
            self._changed.notify_all()

    @property
    def state(self) -> State:
        """The newest state."""
        return self._state

    def another_than(self, name: str, seconds: float) -> State:
        """The newest state, as soon as it is not the one named, or when the time is up."""
        with self._changed:
            self._changed.wait_for(lambda: self._state.name != name, seconds)
            return self._state

    def sheet(self, *, missing: bool) -> str | ReportgenError:
        """The translators' sheet, made when it is asked for, or why there is none."""
        with self._one_sheet_at_a_time:
            key = self._state.name, missing
            if key not in self._sheets:
                made = _tried(lambda: self.drafting.sheet(missing=missing))
                # Of earlier states nobody asks any longer.
                self._sheets = {k: v for k, v in self._sheets.items() if k[0] == key[0]}
                self._sheets[key] = made
            return self._sheets[key]

    def site(self, path: str) -> bytes | ReportgenError | None:
        """A file of the site with the draft in it, or why it cannot be made; None for no file."""
        if self._sited is None:
            return None
        with self._making:
            state = self._state
            if self._plan[0] != state.name:
                self._plan = state.name, _tried(partial(self._sited.plan, state.made))
                self._pages = {}
            if path not in self._pages:
                self._pages[path] = self._site_file(path, self._plan[1], state.made)
            return self._pages[path]

    def _site_file(
        self, path: str, plan: Plan | ReportgenError, made: Made
    ) -> bytes | ReportgenError | None:
        if isinstance(plan, ReportgenError):
            return plan
        if path in plan.files:
            file = _tried(plan.files[path])
            # A page shown before may ask for its own only now.
            self._assets |= plan.assets.files
            return file
        of_draft = drafted_file(path, self.drafting.tag, self.drafting.brief.as_of, made)
        return of_draft if of_draft is not None else self._assets.get(path)


def _tried(make: Callable[[], Result]) -> Result | ReportgenError:
    """What is made, or why not: a preview outlives whatever is wrong with what it shows."""
    try:
        return make()
    except ReportgenError as error:
        return error
    except OSError as error:
        # A file that an editor replaces is away for a moment; its next change is seen too.
        return ReportgenError(
            f"cannot be read ({error.strerror})",
            where=str(error.filename),
            remedy="save it once more",
        )
    except Exception as error:
        log.exception("the draft could not be made")
        return ReportgenError(
            f"{type(error).__name__}: {error}",
            where="reportgen",
            remedy="undo your last change; this is a fault of the software, and the terminal has "
            "what is needed to report it",
        )
