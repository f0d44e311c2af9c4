"""However often and in whatever order something is delivered, it has one effect."""

from tests.campaign import deliveries
from tests.campaign.ground import Ground
from tests.campaign.quarters import Calm
from tests.engines import POSTGRESQL, SQLITE


async def test_everything_delivered_several_times_and_out_of_order_has_one_effect(
    ground: Ground, calm: Calm
) -> None:
    found = await deliveries.again_and_out_of_order(ground, calm, SQLITE, seed=1)
    assert found.ok, found.line
    assert found.faults


async def test_everything_pressed_and_sent_ten_times_at_once_has_one_effect(
    ground: Ground, calm: Calm
) -> None:
    found = await deliveries.ten_at_once(ground, calm, POSTGRESQL, seed=1)
    assert found.ok, found.line
