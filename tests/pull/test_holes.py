"""History that comes a year at a time: after a year that fails no later one may hide the hole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.conftest import bundled_observations
from tests.pull.running import WEEK_LATER, desk
from tests.replay import faults


def test_reading_again_leaves_no_hole(recent: Path, tmp_path: Path) -> None:
    with desk(tmp_path / "desk", WEEK_LATER, recent) as made:
        with closing(sqlite3.connect(made.database)) as connection:
            connection.execute("DELETE FROM coverage WHERE feed = 'nyfed.operations'")
            connection.execute(
                "DELETE FROM observations WHERE series LIKE '%\\_accepted%' ESCAPE '\\'"
            )
            connection.commit()
        made.set("attempts = 1")
        made.replay.fault("fred-graph", faults.hang_up())  # left alone, which saves its pace
        made.replay.fault("startDate=2022", faults.unknown_method())
        first = made.run("pull")
        assert first.code == 4
        assert "nyfed.operations: field operationMethod has the unknown value" in first.error
        assert made.last("srf_accepted") == "2021-12-31"
        assert made.run("pull", "--reparse").code == 4
        assert made.last("srf_accepted") == "2021-12-31"
        made.replay.mend()
        made.replay.fault("fred-graph", faults.hang_up())
        made.run("pull")
        told = {day: value for _, day, _, value in made.rows("srf_accepted") if day[:4] == "2022"}
        assert told == {
            f"{row.date}": row.value
            for row in bundled_observations()
            if row.series == "srf_accepted" and row.date.year == 2022
        }
        assert made.last("srf_accepted") == "2025-12-12"
