"""Giving one person more time: until which day, and why."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from messages.forms.pieces import chosen_day, form, told, typed_text
from messages.forms.problems import KEPT
from messages.forms.state import Entered, View, metadata
from messages.ids import Block as Id
from messages.ids import Callback
from messages.notices.checking import ExtensionRefused
from messages.values import pack_target, unpack_target
from messages.wording import days
from messages.wording.amounts import joined
from rules.quarters import Quarter

MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class ExtensionAnswer:
    """What was sent: for whom, by number, which quarter, the day or none, the reason or nothing."""

    person: int
    quarter: Quarter
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Span:
    """What the form shows: what is owed, the days it can run to, and what stands already."""

    refs: tuple[str, ...]
    first: date
    last: date
    until: date | None = None
    reason: str = ""


def extension_view(person: int, quarter: Quarter, span: Span) -> dict[str, Any]:
    """The form for one person, with the last possible day chosen."""
    near = quarter.end.year
    return form(
        [
            *told(
                f"More time to report {_named(span.refs)} for {days.months(quarter)}. They can "
                f"report until the end of the day: one from {days.day(span.first, near)} to "
                f"{days.day(span.last, near)}, the day before the pack is frozen."
            ),
            chosen_day(Id.UNTIL, "Until the end of", span.until or span.last),
            typed_text(Id.WHY, "Why?", span.reason, multiline=True, hint="They read this."),
        ],
        callback=Callback.EXTENSION,
        title="More time",
        submit="Give this time",
        kept=json.dumps({"person": pack_target(person, quarter)}),
    )


def parse_extension(view: View) -> ExtensionAnswer | None:
    """What was sent, or none where the form was tampered with."""
    found = unpack_target(str(metadata(view).get("person", "")))
    entered = Entered(view)
    return (
        None
        if found is None
        else ExtensionAnswer(*found, entered.day(Id.UNTIL), entered.text(Id.WHY))
    )


def extension_errors(refused: ExtensionRefused) -> dict[str, str]:
    """What keeps the time from being given, at its field; nothing where no field can mend it."""
    if refused.why == "reason":
        return {Id.WHY: f"Say why: they read the reason, and it is kept. {KEPT}"}
    if refused.why != "day" or refused.first is None or refused.last is None:
        return {}
    near = refused.quarter.end.year
    span = f"{days.day(refused.first, near)} to {days.day(refused.last, near)}"
    return {Id.UNTIL: f"Choose a day from {span}, the day before the pack is frozen. {KEPT}"}


def _named(refs: tuple[str, ...]) -> str:
    if len(refs) <= MOST_NAMED:
        return joined(refs)
    return f"{len(refs)} targets"
