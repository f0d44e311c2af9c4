"""Being away: from when to when, who answers meanwhile, and the hours of a working day."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from slack_sdk.models.blocks import InputBlock, UserSelectElement

from messages.forms.pieces import choice, chosen_day, form, told
from messages.forms.problems import KEPT
from messages.forms.state import Entered, View, metadata
from messages.ids import Block as Id
from messages.ids import Callback
from messages.markup.blocks import plain
from messages.wording import days
from rules.leave import Leave, LeaveFault
from rules.working_hours import WorkingHours

OWN: Final = "own"
ZONES: Final = (
    "Europe/London",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Madrid",
    "Europe/Rome",
    "Europe/Warsaw",
    "Europe/Athens",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "America/New_York",
    "America/Toronto",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Africa/Lagos",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Australia/Perth",
    "Australia/Sydney",
    "Pacific/Auckland",
)
"""Zones offered; the programme's own and the person's stand first where they are none of them."""
_AT: Final = {
    LeaveFault.START_MISSING: (Id.AWAY_FROM, "Choose the first day away, or clear the last one."),
    LeaveFault.END_MISSING: (
        Id.AWAY_TO,
        "Choose the last day away. Without one nobody would know when to write again.",
    ),
    LeaveFault.ENDS_FIRST: (Id.AWAY_TO, "The last day away is before the first. Change one."),
    LeaveFault.IS_OVER: (Id.AWAY_TO, "These days are over. Choose a last day that is to come."),
    LeaveFault.TOO_LONG: (
        Id.AWAY_TO,
        "That is more than a year. Ask the central team for a new lead instead.",
    ),
    LeaveFault.SELF: (Id.DELEGATE, "Somebody else has to answer meanwhile. Choose another person."),
    LeaveFault.UNKNOWN: (
        Id.DELEGATE,
        (
            "I do not know this person. Choose somebody with a role, or ask the central team to "
            "add them."
        ),
    ),
    LeaveFault.INACTIVE: (Id.DELEGATE, "This person no longer works here. Choose somebody else."),
    LeaveFault.DELEGATE_AWAY: (
        Id.DELEGATE,
        "This person is away for all of that time themselves. Choose somebody else.",
    ),
    LeaveFault.CHAIN: (
        Id.DELEGATE,
        (
            "Somebody else answers for this person in that time, and it cannot be handed on twice. "
            "Choose somebody who is there."
        ),
    ),
    LeaveFault.HOURS: (Id.DAY_ENDS, "The working day has to end after it starts. Change one."),
}


@dataclass(frozen=True, slots=True)
class AwayEntered:
    """What was sent. `person` is whose it is by number, none the sender's own."""

    person: int | None
    starts: date | None
    ends: date | None
    delegate: str
    day_starts: time | None
    day_ends: time | None
    zone: str


def away_view(
    person: int | None, label: str, hours: WorkingHours, away: Leave | None, delegate: str
) -> dict[str, Any]:
    """The form, with what is recorded now. `delegate` is a Slack id, or nothing."""
    whose = "" if person is None else f"For {label}. "
    return form(
        [
            *told(
                f"{whose}What I would ask goes to whoever answers meanwhile, or waits. "
                "Clear both days when nobody is away any more."
            ),
            chosen_day(Id.AWAY_FROM, "First day away", away.starts if away else None),
            chosen_day(Id.AWAY_TO, "Last day away", away.ends if away else None),
            _somebody(delegate),
            choice(
                Id.DAY_STARTS, "The working day starts at", _hours(hours.starts), _iso(hours.starts)
            ),
            choice(Id.DAY_ENDS, "and ends at", _hours(hours.ends), _iso(hours.ends)),
            choice(Id.ZONE, "by the clocks of", _zones(hours.zone), hours.zone),
        ],
        callback=Callback.AWAY_DAYS,
        title="Days away and hours",
        submit="Record this",
        kept=json.dumps({"person": person or OWN}),
    )


def parse_away(view: View) -> AwayEntered | None:
    """What was sent, or none where the form was tampered with."""
    person = metadata(view).get("person")
    is_number = isinstance(person, int) and not isinstance(person, bool) and person > 0
    if not (is_number or person == OWN):
        return None
    entered = Entered(view)
    return AwayEntered(
        person if isinstance(person, int) else None,
        entered.day(Id.AWAY_FROM),
        entered.day(Id.AWAY_TO),
        entered.user(Id.DELEGATE),
        _time(entered.chosen(Id.DAY_STARTS)),
        _time(entered.chosen(Id.DAY_ENDS)),
        entered.chosen(Id.ZONE),
    )


def away_errors(faults: Iterable[LeaveFault]) -> dict[str, str]:
    """What keeps this from being recorded, each at its field."""
    found: dict[str, str] = {}
    for fault in faults:
        block, words = _AT[fault]
        found.setdefault(block, f"{words} {KEPT}")
    return found


def _somebody(delegate: str) -> InputBlock:
    element = UserSelectElement(
        action_id=Id.DELEGATE, initial_user=delegate or None, placeholder=plain("Nobody")
    )
    return InputBlock(
        block_id=Id.DELEGATE,
        label=plain("Who answers meanwhile"),
        element=element,
        hint=plain("They can do what you can, but not hand it on. You may leave this empty."),
        optional=True,
    )


def _hours(own: time) -> dict[str, str]:
    """Whole and half hours of the day, and one's own."""
    times = {*(time(hour, minute) for hour in range(24) for minute in (0, 30)), own}
    return {_iso(one): days.clock(one) for one in sorted(times)}


def _zones(own: str) -> dict[str, str]:
    return {zone: days.place(zone) for zone in dict.fromkeys((own, *ZONES))}


def _iso(value: time) -> str:
    return f"{value:%H:%M}"


def _time(value: str) -> time | None:
    try:
        return time.fromisoformat(value) if value else None
    except ValueError:
        return None
