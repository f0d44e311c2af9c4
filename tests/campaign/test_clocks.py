"""An outage, a second process, clock changes and jumps: what is due is done, and done once."""

from tests.campaign import clocks
from tests.campaign.ground import Ground
from tests.engines import POSTGRESQL, SQLITE


async def test_after_three_days_away_everything_due_is_done_within_a_minute(
    ground: Ground,
) -> None:
    found = await clocks.outage(ground, POSTGRESQL, seed=1)
    assert found.ok, found.line


async def test_a_second_process_on_one_file_is_refused(ground: Ground) -> None:
    found = await clocks.second_process(ground, seed=1, timed=False)
    assert found.ok, found.line


async def test_over_both_clock_changes_and_jumps_of_a_day_stages_keep_their_hour(
    ground: Ground,
) -> None:
    found = await clocks.jumps(ground, SQLITE, seed=1, quarters=3)
    assert found.ok, found.line
