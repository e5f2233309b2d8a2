"""The preview from its start to its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event, Thread

from reportgen import settings
from reportgen.briefing import computing_apart, histories_apart
from reportgen.language import locale as locales
from reportgen.serving import answering, watching


def serve(
    project: Path,
    tag: str | None,
    as_of: date | None,
    port: int,
    started: Callable[[str, date], None],
    stop: Event | None = None,
) -> None:
    """Shows the draft of a language until it is interrupted; nothing is written to the output.

    ``started`` gets the address and the day once the page can be asked for. InputError for an
    unknown language or a port that is taken.
    """
    configuration = settings.load(project)
    language = locales.load(tag or settings.translated(configuration), project)
    with answering.listen(port) as server:
        with computing_apart(project, as_of, draft=True) as computed:
            # Loads matplotlib, while the facts are computed.
            from reportgen.serving.drafting import Drafting
            from reportgen.serving.previewing import Preview
            from reportgen.serving.sited import SitePreview

            brief = computed()
        histories = histories_apart(project, brief.as_of)
        drafting = Drafting(project, language.tag, brief, configuration)
        sited = SitePreview(drafting, project / "output", server.address, histories)
        server.preview = Preview(drafting, sited)
        answers = Thread(target=server.serve_forever, daemon=True)
        answers.start()
        started(server.address, brief.as_of)
        try:
            watching.on_change(project, server.preview.remake, stop)
        except KeyboardInterrupt:
            pass  # the way to end it
        finally:
            server.shutdown()
            answers.join()
