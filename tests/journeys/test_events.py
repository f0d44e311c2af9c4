"""Events come at least once: delivered again they have no further effect."""

import asyncio
from typing import Any

from sqlmodel import Session, col, select

from store.tables import AuditEntry
from tests.journeys.county import County
from workspace.payloads import Payloads

LEAD = "target-lead-19"


def event_of(county: County, kind: str) -> dict[str, Any]:
    lead = county.person(LEAD)
    body = {"type": kind, "user": lead.person_id, "tab": "home"}
    return Payloads(county.workspace.core, lead.person_id).event(body)


async def deliver(county: County, payload: dict[str, Any], times: int) -> None:
    """The same event, so many times at once, each in an envelope of its own."""
    deliveries = county.workspace.core.deliveries
    await asyncio.gather(
        *(deliveries.emit(payload["event"]["type"], payload) for _ in range(times))
    )


async def access_ended(county: County) -> list[str]:
    def read(session: Session) -> list[str]:
        found = select(AuditEntry.subject).where(col(AuditEntry.action) == "access ended")
        return list(session.exec(found))

    return await county.bot.desk.read(read)


async def test_the_end_of_access_is_audited_once_however_often_slack_says_it(
    county: County,
) -> None:
    revoked = event_of(county, "tokens_revoked")
    await deliver(county, revoked, 5)
    await deliver(county, revoked, 1)
    assert await access_ended(county) == ["tokens_revoked"]
    await deliver(county, event_of(county, "app_uninstalled"), 1)
    assert await access_ended(county) == ["tokens_revoked", "app_uninstalled"]


async def test_a_home_tab_delivered_again_later_is_not_shown_anew(county: County) -> None:
    opened = event_of(county, "app_home_opened")
    shown = county.workspace.log.calls
    await deliver(county, opened, 1)
    await county.workspace.client(county.person(LEAD).person_id).wait_for(
        lambda: bool(shown("views.publish"))
    )
    await county.settle()
    before = len(shown("views.publish"))
    await deliver(county, opened, 3)
    await deliver(county, event_of(county, "app_home_opened"), 1)
    await county.person(LEAD).wait_for(lambda: len(shown("views.publish")) > before)
    await county.settle()
    assert len(shown("views.publish")) == before + 1
