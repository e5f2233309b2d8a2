"""Every way a build can go wrong: one message with place and remedy, its exit code, no change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen import resources
from reportgen.cli import main


class Outcome:
    """What a run of the command line left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Runs a command in a project folder of its own."""

    def runner(*arguments: str) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            main(["--project", str(tmp_path), *arguments])
        captured = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), captured.out, captured.err)

    return runner


def check_message(outcome: Outcome, *parts: str) -> None:
    assert outcome.out == ""
    assert outcome.err.startswith("error: ")
    assert "→" in outcome.err, "the remedy is missing"
    assert "Traceback" not in outcome.err
    for part in parts:
        assert part in outcome.err, outcome.err


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def last_good(tmp_path: Path) -> Path:
    """An output as an earlier build left it."""
    folder = tmp_path / "output" / "2025-12-02"
    (folder / "en").mkdir(parents=True)
    (folder / "en" / "brief.html").write_text("the last good one")
    return tmp_path / "output"


def test_unknown_language(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    before = snapshot(last_good(tmp_path))
    outcome = run("build", "--as-of", "2025-12-02", "--lang", "fr")
    assert outcome.code == 2
    check_message(outcome, "'fr'", "--lang", "en, ja, zh-Hans")
    assert snapshot(tmp_path / "output") == before


@pytest.mark.parametrize("tag", ["../en", "", "zh_Hans/..", "/etc"])
def test_a_language_is_no_path(run, tag: str) -> None:  # type: ignore[no-untyped-def]
    outcome = run("build", "--as-of", "2025-12-02", "--lang", tag)
    assert outcome.code == 2


def test_date_before_the_data(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    outcome = run("build", "--as-of", "2021-08-01")
    assert outcome.code == 2
    check_message(outcome, "2021-08-01", "2021-08-02", "--as-of")
    assert not (tmp_path / "output").exists()


def test_date_beyond_the_data(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    before = snapshot(last_good(tmp_path))
    outcome = run("build", "--as-of", "2026-01-05")
    assert outcome.code == 3
    check_message(outcome, "2026-01-05", "srf_accepted ends 2025-12-05", "--as-of")
    assert snapshot(tmp_path / "output") == before


@pytest.mark.parametrize(
    ("settings", "options", "parts"),
    [
        ("", ("--edition", "parallel", "--lang", "en"), ("--edition: ", "not 1: en", "--lang")),
        (
            '[brief]\nlanguages = ["zh-Hans"]\neditions = ["parallel"]\n',
            (),
            ("reportgen.toml, [brief] editions: ", "not 1: zh-Hans", "--lang en --lang zh-Hans"),
        ),
    ],
)
def test_a_parallel_edition_of_one_language(  # type: ignore[no-untyped-def]
    run, tmp_path: Path, settings: str, options: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    before = snapshot(last_good(tmp_path))
    (tmp_path / "reportgen.toml").write_text(settings, encoding="utf-8")
    outcome = run("build", "--as-of", "2025-12-02", *options)
    assert outcome.code == 2
    check_message(outcome, *parts)
    assert snapshot(tmp_path / "output") == before


def test_an_edition_there_is_not(run) -> None:  # type: ignore[no-untyped-def]
    assert run("build", "--edition", "opposite").code == 2


def test_no_date_at_all(run) -> None:  # type: ignore[no-untyped-def]
    assert run("build", "--as-of", "yesterday").code == 2


def test_range_without_an_end(run) -> None:  # type: ignore[no-untyped-def]
    outcome = run("build", "--from", "2025-11-01")
    assert outcome.code == 2
    check_message(outcome, "--to")


def test_facts_of_a_date_beyond_the_data(run) -> None:  # type: ignore[no-untyped-def]
    assert run("facts", "--as-of", "2026-01-05").code == 3


@pytest.mark.parametrize(
    ("name", "old", "new", "parts"),
    [
        ("outlook.toml", 'kind = "net_bill_issuance"', 'kind = "guess"', ("view.", "kind")),
        ("outlook.toml", "value = 390", "value = 400", ("gs-net-supply-2026", "390")),
        ("outlook.toml", "value = 870", 'value = "a lot"', ("view.", "value")),
        ("outlook.toml", "[[view]]", "[[view]", ("TOML",)),
        ("policy.toml", "treasuries_usd_bn = 25", "treasuries_usd_bn = -25", ("balance_sheet.9",)),
        ("policy.toml", 'stance = "runoff"', 'stance = "shrink"', ("stance",)),
        ("policy.toml", "announced = 2024-05-01", "announced = 2024-07-01", ("runoff-2024-06",)),
        ("calendar.toml", "last_day = 2021-07-28", "last_day = 2021-97-28", ("TOML",)),
        ("reportgen.toml", "languages", "langauges", ("brief.langauges",)),
        ("reportgen.toml", '"html", "pdf"', '"html", "doc"', ("brief.formats",)),
    ],
)
def test_malformed_files(  # type: ignore[no-untyped-def]
    run, tmp_path: Path, name: str, old: str, new: str, parts: tuple[str, ...]
) -> None:
    before = snapshot(last_good(tmp_path))
    text = (resources.STARTER / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    outcome = run("build", "--as-of", "2025-12-02")
    assert outcome.code == 2
    check_message(outcome, str(tmp_path / name), *parts)
    assert snapshot(tmp_path / "output") == before


def test_a_settings_file_that_names_no_outlook(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "reportgen.toml").write_text('[outlook]\nfile = "views.toml"\n')
    outcome = run("build", "--as-of", "2025-12-02")
    assert outcome.code == 2
    check_message(outcome, "views.toml", "no such file")


def override(tmp_path: Path, name: str, old: str, new: str) -> None:
    """A template of the project's own, with one place changed."""
    text = (resources.TEMPLATES / name).read_text(encoding="utf-8")
    assert old in text
    target = tmp_path / "templates" / name
    target.parent.mkdir(parents=True)
    target.write_text(text.replace(old, new), encoding="utf-8")


def test_a_template_with_an_undefined_name(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    before = snapshot(last_good(tmp_path))
    override(tmp_path, "sections/srf.html.j2", "told=srf.told|figure", "told=srf.tolled|figure")
    outcome = run("build", "--as-of", "2025-10-31", "--jobs", "1", "--format", "html")
    assert outcome.code == 5
    check_message(outcome, "srf.html.j2, line", "tolled")
    assert snapshot(tmp_path / "output") == before


def test_a_template_that_does_not_parse(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    override(tmp_path, "sections/qt.html.j2", "{% endmacro %}", "{% endmarco %}")
    outcome = run("build", "--as-of", "2025-12-02", "--jobs", "1", "--format", "html")
    assert outcome.code in (1, 5)
    check_message(outcome, "qt.html.j2")


def test_a_typed_number_stops_the_build(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    override(
        tmp_path, "sections/tools.html.j2", "Year-end{% endtrans %}", "Year-end{% endtrans %} 2025"
    )
    outcome = run(
        "build", "--as-of", "2025-12-02", "--lang", "en", "--jobs", "1", "--format", "html"
    )
    assert outcome.code == 1
    check_message(outcome, "'2025' in tools")
    assert not (tmp_path / "output").exists()


def test_a_lost_placeholder_stops_the_build(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    shutil.copytree(resources.LOCALES / "zh_Hans", tmp_path / "locales" / "zh_Hans")
    path = tmp_path / "locales" / "zh_Hans" / "LC_MESSAGES" / "messages.po"
    text = path.read_text(encoding="utf-8")
    damaged = text.replace("，仅次于%(record_day)s的%(record)s", "，仅次于%(record_day)s")
    assert damaged != text
    path.write_text(damaged, encoding="utf-8")
    outcome = run("build", "--as-of", "2025-12-02")
    assert outcome.code == 1
    check_message(outcome, "srf.usage.high: %(record)s is lost", str(path))


def test_an_output_that_cannot_be_written(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "output").write_text("a file, not a folder")
    outcome = run(
        "build", "--as-of", "2025-12-02", "--lang", "en", "--jobs", "1", "--format", "html"
    )
    assert outcome.code == 5
    check_message(outcome, str(tmp_path / "output"), "--output")
    assert (tmp_path / "output").read_text() == "a file, not a folder"


def test_a_store_that_is_no_database(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "reportgen.sqlite").write_text("this is no database, only a text " * 40)
    outcome = run("build", "--as-of", "2025-12-02")
    assert outcome.code == 3
    check_message(outcome, "reportgen.sqlite", "[store] url")


def test_a_store_nobody_speaks(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "reportgen.toml").write_text('[store]\nurl = "oracle://desk:secret@host/db"\n')
    outcome = run("build", "--as-of", "2025-12-02")
    assert outcome.code == 3
    check_message(outcome, "[store] url")
    assert "secret" not in outcome.err


def test_a_missing_font(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    shutil.copytree(resources.LOCALES / "en", tmp_path / "locales" / "en")
    path = tmp_path / "locales" / "en" / "locale.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Noto Sans CJK SC", "Grotesque of Nowhere"), encoding="utf-8")
    outcome = run(
        "build", "--as-of", "2025-12-02", "--lang", "en", "--jobs", "1", "--format", "html"
    )
    assert outcome.code == 5
    check_message(outcome, "Grotesque of Nowhere", "fonts-noto-cjk")
    assert not (tmp_path / "output").exists()


def test_doctor_names_the_fault(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "policy.toml").write_text("balance_sheet = 1\n")
    outcome = run("doctor")
    assert outcome.code == 2
    assert "FAULT  policy.toml" in outcome.out
    assert "balance_sheet" in outcome.out
    assert outcome.err == ""


def test_init_overwrites_nothing(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "outlook.toml").write_text("# mine\n")
    outcome = run("init")
    assert outcome.code == 2
    check_message(outcome, "outlook.toml")
    assert snapshot(tmp_path) == {"outlook.toml": b"# mine\n"}
