"""Many messages at once go out at Slack's pace, also when Slack refuses for a while."""

import pytest

from tests.campaign import storms
from tests.campaign.ground import Ground
from tests.engines import SQLITE

PEOPLE = 100
"""The campaign itself takes five hundred."""


@pytest.mark.parametrize("refusing", [False, True], ids=["at once", "through refusals"])
async def test_many_reminders_go_out_at_the_documented_pace(
    ground: Ground,
    refusing: bool,  # noqa: FBT001  # pytest's
) -> None:
    found = await storms.reminders(ground, SQLITE, seed=1, refusing=refusing, people=PEOPLE)
    assert found.ok, found.line
    assert found.due == PEOPLE
