"""A new lead is asked for what is still owed, and the one before no longer.

It owns bringing leads' one messages in line with who answers for what today. It may be done as
often as one likes: where nobody has changed, nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, owing, posting
from flows.chasing import next_reminder
from flows.cycle import Cycle
from flows.open_window import opened_key, request_key, window_opened
from flows.owing import Owing
from messages.notices import kind_of
from messages.notices.returns import ReturnsRequested
from messages.notices.roles import RequestPassedOn
from messages.notices.window import WindowOpened
from rules.owed import Owed, owed_by_lead
from rules.quarters import Quarter
from store import outbox, quarters, roles

REQUESTS = tuple(kind_of(shape.example()) for shape in (ReturnsRequested, RequestPassedOn))
"""What a person's one message of a quarter may be by now."""


@dataclass(frozen=True, slots=True)
class Passing:
    """An open window at a moment, for passing requests on."""

    planned: Cycle
    picture: Owing
    now: datetime


def hand_over(session: Session, quarter: Quarter, now: datetime, *, due_at: datetime) -> None:  # noqa: ARG001  # every stage has the instant it was due
    """The stage of a day on which somebody takes over."""
    pass_requests_on(session, quarter, now)


def pass_requests_on_everywhere(session: Session, now: datetime) -> None:
    """Pass requests on in every window that is open."""
    for record in quarters.running(session):
        pass_requests_on(session, record.quarter, now)


def pass_requests_on(session: Session, quarter: Quarter, now: datetime) -> None:
    """Ask whoever answers for a return now and was not asked; take it from whoever was before.

    Not while the quarter is paused: it is done when the quarter goes on.
    """
    planned = cycle.of(session, quarter)
    if planned.is_paused or not planned.is_open:
        return
    picture = owing.in_quarter(session, quarter, planned.local_day(now))
    passing = Passing(planned, picture, now)
    missing = owed_by_lead(picture.owed)
    for person, owed in not_yet_asked(session, picture).items():
        _ask(session, passing, person, owed)
    for person in sorted(roles.asked_since(session, _first_day(planned)) | missing.keys()):
        _bring_in_line(session, passing, person, missing.get(person, ()))
    told = posting.said(session, opened_key(quarter))
    if isinstance(told, WindowOpened):
        _show_leads(session, passing, told)


def not_yet_asked(session: Session, picture: Owing) -> dict[int, tuple[Owed, ...]]:
    """Whoever owes something and never had the one message of the quarter, in order."""
    there = set(outbox.keys_of(session, REQUESTS, posting.key("request", picture.quarter, "")))
    missing = sorted(owed_by_lead(picture.owed).items())
    return {
        person: owed
        for person, owed in missing
        if request_key(picture.quarter, person) not in there
    }


def _first_day(planned: Cycle) -> date:
    opened_at = planned.record.opened_at
    return planned.local_day(opened_at) if opened_at else planned.calendar.opens


def _ask(session: Session, passing: Passing, person: int, owed: Sequence[Owed]) -> None:
    key = request_key(passing.planned.quarter, person)
    notice = _request(passing, person, owed)
    posting.to_person(session, key, notice, person, due_at=passing.now, now=passing.now)


def _bring_in_line(session: Session, passing: Passing, person: int, owed: Sequence[Owed]) -> None:
    quarter = passing.planned.quarter
    key = request_key(quarter, person)
    said = posting.said(session, key)
    if isinstance(said, ReturnsRequested):
        _say_anew(session, passing, key, said, owed)
    elif isinstance(said, RequestPassedOn) and owed:
        posting.anew(session, key, _request(passing, person, owed), now=passing.now)


def _say_anew(
    session: Session, passing: Passing, key: str, said: ReturnsRequested, owed: Sequence[Owed]
) -> None:
    """What was reported there stays; what is owed now stands in place of what was."""
    asked = {item.target for item in owed}
    stays = tuple(one for one in said.targets if one.done or one.number in asked)
    there = {one.number for one in said.targets}
    added = passing.picture.to_report([item for item in owed if item.target not in there])
    if not added and len(stays) == len(said.targets):
        return
    targets = (*stays, *added)
    if targets:
        posting.anew(session, key, replace(said, targets=targets), now=passing.now)
        return
    refs = tuple(one.ref for one in said.targets)
    passed = RequestPassedOn(passing.planned.quarter, refs)
    posting.anew(session, key, passed, now=passing.now)


def _request(passing: Passing, person: int, owed: Sequence[Owed]) -> ReturnsRequested:
    return ReturnsRequested(
        passing.planned.quarter,
        passing.planned.due_for(person),
        passing.picture.to_report(owed),
        next_reminder(passing.planned, passing.now),
        person=person,
    )


def _show_leads(session: Session, passing: Passing, told: WindowOpened) -> None:
    """The central channel's message no longer names a target that has a lead now."""
    unled = window_opened(passing.planned, passing.picture).without_lead
    if unled != told.without_lead:
        key = opened_key(passing.planned.quarter)
        posting.anew(session, key, replace(told, without_lead=unled), now=passing.now)
