"""Pressed twice, changed meanwhile, out of date or tampered with: one effect, a clear answer."""

import asyncio
import json

from sqlmodel import Session, select

from messages.ids import Action
from rules.vocabulary import Role
from store import people
from store.tables import AuditEntry, Person, RoleAssignment
from tests.journeys.county import County, ephemeral_after, fill_commentary, fill_figure
from tests.sample import OPENS, RUN
from workspace.people import Client

LEAD, REF, OTHER_REF = "target-lead-19", "LAA2-NI154", "LAA1-06"


async def audited(county: County, action: str) -> list[str]:
    def read(session: Session) -> list[str]:
        found = select(AuditEntry.subject).where(AuditEntry.action == action)
        return list(session.exec(found))

    return await county.bot.desk.read(read)


async def ready_to_send(county: County) -> Client:
    """A lead whose whole return is typed and not sent."""
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    await lead.submit()
    await fill_commentary(lead, "Two sites started late.")
    return lead


def tamper(county: County, lead: Client, **changed: object) -> None:
    """Change what the form carries, as somebody with other tools than Slack could."""
    view = county.workspace.core.surfaces.top(lead.person_id)
    assert view is not None
    kept = json.loads(view.body["private_metadata"])
    view.body["private_metadata"] = json.dumps({**kept, **changed})


async def test_a_form_sent_several_times_at_once_has_one_effect(county: County) -> None:
    lead = await ready_to_send(county)
    await asyncio.gather(*(lead.submit() for _ in range(5)))
    assert await audited(county, "submit return") == [f"{REF}:2008/09 Q2:v1"]
    await county.settle()
    assert len(lead.dm()) == 2


async def test_an_acknowledgement_pressed_many_times_at_once_is_kept_once(county: County) -> None:
    await county.at(OPENS)
    await county.report_red(county.person(LEAD), REF, "1000")
    await county.at(RUN)
    sponsor = county.person("sponsor-09")
    (told,) = sponsor.dm()
    await asyncio.gather(*(sponsor.press(told, Action.ACKNOWLEDGE) for _ in range(6)))
    await sponsor.wait_for(lambda: len(sponsor.ephemerals) == 5)
    assert all("was acknowledged" in one.plain() for one in sponsor.ephemerals)
    assert len(await audited(county, "acknowledge escalation")) == 1


async def test_somebody_deactivated_while_typing_sends_nothing_in(county: County) -> None:
    lead = await ready_to_send(county)
    await county.bot.desk.write(deactivate, county.ids[LEAD])
    outcome = await lead.submit()
    assert outcome.view is not None
    assert "central-team-01" in outcome.view.plain()
    assert await audited(county, "submit return") == []


async def test_a_target_given_to_another_lead_meanwhile_is_refused(county: County) -> None:
    lead = await ready_to_send(county)
    await county.bot.desk.write(reassign, county.numbers[REF], county.ids["target-lead-03"])
    outcome = await lead.submit()
    assert outcome.view is not None
    assert "You cannot" in outcome.view.plain()
    assert "target-lead-03" in outcome.view.plain()
    assert await audited(county, "refused") == [f"SUBMIT_RETURN:{REF}"]


async def test_a_form_that_names_somebody_elses_target_is_refused(county: County) -> None:
    lead = await ready_to_send(county)
    tamper(county, lead, target=f"{county.numbers[OTHER_REF]}@2008q2")
    outcome = await lead.submit()
    assert outcome.view is not None
    assert "You cannot" in outcome.view.plain()
    assert await audited(county, "submit return") == []


async def test_a_form_that_names_nothing_is_out_of_date(county: County) -> None:
    lead = await ready_to_send(county)
    tamper(county, lead, target="1; DROP TABLE target")
    outcome = await lead.submit()
    assert outcome.view is not None
    assert "out of date" in outcome.view.plain()


async def test_a_button_nobody_answers_any_more_says_that_it_is_out_of_date(
    county: County,
) -> None:
    button = {
        "type": "button",
        "action_id": "snooze",
        "text": {"type": "plain_text", "text": "Later"},
    }
    await county.post(
        county.ids[LEAD],
        "Of an earlier version",
        [{"type": "actions", "elements": [button]}],
    )
    lead = county.person(LEAD)
    words = await ephemeral_after(lead, lambda: lead.press(lead.dm()[0], "snooze"))
    assert "out of date" in words


def deactivate(session: Session, slack_id: str) -> None:
    found = people.by_slack_id(session, slack_id)
    assert found is not None
    session.get_one(Person, found.number).active = False


def reassign(session: Session, target: int, slack_id: str) -> None:
    lead = session.exec(
        select(RoleAssignment).where(
            RoleAssignment.target_id == target, RoleAssignment.role == Role.TARGET_LEAD
        )
    ).one()
    found = people.by_slack_id(session, slack_id)
    assert found is not None
    lead.person_id = found.number
    session.add(lead)
