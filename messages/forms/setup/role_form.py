"""Giving a role, which replaces whoever holds it where one person does, and ending one."""

from collections.abc import Mapping
from typing import Any

from messages.forms.pieces import chosen_day, form, told
from messages.forms.setup.parts import chosen_person, kept, number_of, person, text_of
from messages.forms.state import Entered, View, mapping, metadata
from messages.ids import Block as Id
from messages.ids import Callback
from messages.notices.organising_sheets import EndAnswer, Ending, Giving, RoleAnswer
from messages.values import pack_role, unpack_role
from messages.wording import days
from messages.wording.people import UNFIT
from messages.wording.roles import title
from rules.people import Known, Unfit
from rules.roles import Place
from rules.vocabulary import Role

LEAD_WORDS = (
    "From that day on requests, reminders and escalations go to the new lead. Returns already "
    "sent keep their author."
)
ONE_WORDS = "From that day on what concerns this role goes to them. Both are told at once."
MANY_WORDS = "They are told at once. Whoever else holds it keeps it."


def give_view(
    giving: Giving, under: str, known: Known | None = None, seen: int | None = None
) -> dict[str, Any]:
    """The form; with what Slack said of the person chosen, once it has.

    `seen` is what the form showed when it was opened, so that a change since is noticed.
    """
    name = _name(giving.place, giving.over)
    blocks = [
        *told(f"{name}. Now: {giving.holder or 'nobody yet'}."),
        chosen_person(Id.PERSON, "Who"),
        *(told(_said(known)) if known else ()),
        chosen_day(Id.STARTS, "From", giving.today),
        *told(_what_follows(giving.place)),
    ]
    return form(
        blocks,
        callback=Callback.GIVE_ROLE,
        title="Replace" if giving.holder and giving.place.holds_one else "Give a role",
        submit="Record this",
        kept=kept(
            under,
            place=pack_role(giving.place.role, giving.place.scope, giving.place.over or 0),
            seen=seen if known else giving.tenure,
            known=_as_facts(known),
        ),
    )


def parse_role(view: View) -> RoleAnswer | None:
    """What was sent, or none where the form was tampered with."""
    facts = metadata(view)
    found = unpack_role(text_of(facts, "place"))
    if found is None:
        return None
    role, scope, number = found
    return RoleAnswer(
        Place(role, scope, number or None),
        person(view, Id.PERSON),
        Entered(view).day(Id.STARTS),
        number_of(facts, "seen"),
        _known(mapping(facts.get("known"))),
    )


def end_view(ending: Ending, under: str) -> dict[str, Any]:
    """The form for ending a role."""
    name = _name(ending.place, ending.over)
    return form(
        [
            *told(f"{name}. {ending.holder} holds it until the day you choose."),
            chosen_day(Id.ENDS, "First day without this role", ending.first),
            *told(
                f"A role that begins on {days.day(ending.first)} or later is called off."
                if not ending.place.holds_one
                else "To hand it to somebody else, close this and press Replace instead."
            ),
        ],
        callback=Callback.END_ROLE,
        title="End this role",
        submit="End it",
        kept=kept(under, tenure=ending.tenure),
    )


def parse_end(view: View) -> EndAnswer | None:
    """What was sent, or none where the form was tampered with."""
    tenure = number_of(metadata(view), "tenure")
    return None if tenure is None else EndAnswer(tenure, Entered(view).day(Id.ENDS))


def _what_follows(place: Place) -> str:
    if place.role is Role.TARGET_LEAD:
        return LEAD_WORDS
    return ONE_WORDS if place.holds_one else MANY_WORDS


def _name(place: Place, over: str) -> str:
    named = title(place.role, place.scope)
    return f"{named}: {over}" if over else named


def _said(known: Known) -> str:
    if known.unfit is not None:
        return UNFIT[known.unfit]
    return f"{known.label} is a full member of this workspace."


def _as_facts(known: Known | None) -> dict[str, str] | None:
    if known is None:
        return None
    unfit = known.unfit.value if known.unfit else ""
    return {"id": known.slack_id, "label": known.label, "zone": known.zone, "unfit": unfit}


def _known(facts: Mapping[str, Any]) -> Known | None:
    slack_id, unfit = text_of(facts, "id"), text_of(facts, "unfit")
    if not slack_id or (unfit and unfit not in set(Unfit)):
        return None
    return Known(
        slack_id, text_of(facts, "label"), text_of(facts, "zone"), Unfit(unfit) if unfit else None
    )
