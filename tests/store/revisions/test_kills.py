"""An upgrade that is killed leaves the database wholly old or wholly new, and can be finished."""

from collections.abc import Callable

from tests.engines import Cabinet
from tests.store.revisions.killing import kill_upgrades

KILLS = 4
SEED = 20081001


def test_a_killed_upgrade_loses_nothing_and_is_finished_by_the_next(
    cabinet: Cabinet, full: Callable[[str], str]
) -> None:
    found = kill_upgrades(cabinet, full, KILLS, SEED)
    assert (found.kills, found.unfinished, found.orphans) == (KILLS, 0, 0)
    assert found.rows_after == found.rows_before > 0
    assert found.left_old + found.left_new == KILLS
    assert found.left_old > 0, "no kill landed inside the steps"
