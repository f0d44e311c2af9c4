"""Whom each stage of a coming day tells, asked of the functions that the stages themselves ask.

It owns asking them for a day that has not come. It must not keep or send anything, nor choose
anybody itself: whom a stage chases is said by `flows/chasing.py`, `flows/overdue.py`,
`flows/hand_over.py`, `flows/acknowledge.py` and `flows/escalate.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlmodel import Session

from flows import accepting, chasing, cycle, histories, lapsing, owing, posting, uncovered
from flows.acknowledge import unacknowledged
from flows.cycle import Cycle
from flows.escalate import ENDED, said, silent
from flows.hand_over import not_yet_asked
from flows.histories import Histories, Walked
from flows.overdue import for_central, others
from flows.owing import Owing
from flows.places import BOARD, CENTRAL
from messages.notices import Notice, digest, escalations, leave, moves, returns, window
from rules.cadence import Stage, StageKind
from rules.owed import owed_by_lead
from rules.quarters import Quarter
from rules.vocabulary import EscalationEvent, QuarterState, ReturnState

Told = tuple[type[Notice], Iterable[int | None] | str]
"""A class of notices, and the numbers of people or the name of a channel."""


@dataclass(frozen=True)
class Sight:
    """A quarter as it stands, with the owners of the day that comes."""

    session: Session
    quarter: Quarter
    day: date

    @cached_property
    def planned(self) -> Cycle:
        """The quarter's cycle."""
        return cycle.of(self.session, self.quarter)

    @cached_property
    def picture(self) -> Owing:
        """What is asked for."""
        return owing.in_quarter(self.session, self.quarter, self.day)

    @cached_property
    def found(self) -> Histories:
        """Every target's walk."""
        return histories.up_to(self.session, self.planned, self.day)


def told_at(stage: Stage, sight: Sight) -> Iterator[Told]:
    """Whom a stage tells what."""
    return TELLS[stage.kind](stage, sight)


def _opening(_stage: Stage, sight: Sight) -> Iterator[Told]:
    yield returns.ReturnsRequested, owed_by_lead(sight.picture.owed)
    yield from _uncovered(sight, sight.picture)
    yield window.WindowOpened, CENTRAL


def _missed(_stage: Stage, _sight: Sight) -> Iterator[Told]:
    yield window.WindowMissed, CENTRAL


def _taken_over(_stage: Stage, sight: Sight) -> Iterator[Told]:
    if sight.planned.record.state in {QuarterState.FUTURE, QuarterState.OPEN}:
        yield returns.ReturnsRequested, not_yet_asked(sight.session, sight.picture)


def _reminder(stage: Stage, sight: Sight) -> Iterator[Told]:
    this = chasing.begin(sight.session, stage, stage.at)
    yield from _uncovered(sight, this.picture)
    yield returns.ReturnsStillMissing, this.leads


def _uncovered(sight: Sight, picture: Owing) -> Iterator[Told]:
    for one in uncovered.to_tell(sight.session, sight.planned, picture, sight.day):
        if posting.said(sight.session, one.key) is None:
            yield leave.LeadAway, CENTRAL if one.person is None else (one.person,)


def _overdue(stage: Stage, sight: Sight) -> Iterator[Told]:
    this = chasing.begin(sight.session, stage, stage.at)
    yield returns.ReturnsOverdue, this.leads
    for grouped in others(this).values():
        yield returns.LeadsOverdue, grouped
    if for_central(this):
        yield returns.LeadsOverdue, CENTRAL


def _close(stage: Stage, sight: Sight) -> Iterator[Told]:
    yield window.WindowClosed, CENTRAL
    by_hand = sight.planned.settings.accept_by_hand
    if by_hand and accepting.waiting(sight.session, sight.planned, stage.at):
        yield moves.ReturnsToAccept, CENTRAL


def _time_over(stage: Stage, sight: Sight) -> Iterator[Told]:
    planned = sight.planned
    over = {
        n for n, until in planned.extended.items() if planned.calendar.end_of(until) <= stage.at
    }
    waits = lapsing.waiting(planned, stage.at)
    made = lapsing.to_lapse(sight.session, planned, sight.picture, waits, stage.at)
    if any(
        record.state is ReturnState.LAPSED and lapsing.answerable(target) in over
        for target, record in made
    ):
        yield window.ExtensionOver, CENTRAL


def _run(_stage: Stage, sight: Sight) -> Iterator[Told]:
    found = sight.found
    event = {one.target.number: _event(one, sight.quarter) for one in found.walked}
    asking = [one for one in found.walked if event[one.target.number].asks_sponsor]
    ended = [one for one in found.walked if event[one.target.number] in ENDED]
    chased = silent(found)
    yield escalations.SponsorToldOfEscalation, (found.asked(one) for one in asking)
    yield escalations.LeadToldOfEscalation, (one.target.lead for one in asking)
    yield escalations.EscalationsListed, (one.target.performance_lead for one in asking)
    yield escalations.EscalationsListed, CENTRAL
    yield (
        escalations.EscalationEnded,
        (who for one in ended for who in (one.target.lead, one.target.sponsor)),
    )
    managers = found.managers if chased else ()
    yield escalations.DataChase, (*(one.target.performance_lead for one in chased), *managers)


def _event(one: Walked, quarter: Quarter) -> EscalationEvent:
    kept = said(one, quarter)
    return kept.event if kept else EscalationEvent.NONE


def _sponsors(_stage: Stage, sight: Sight) -> Iterator[Told]:
    waiting = unacknowledged(sight.found)
    yield escalations.SponsorReminded, (sight.found.asked(one) for one, _ in waiting)


def _manager(_stage: Stage, sight: Sight) -> Iterator[Told]:
    if unacknowledged(sight.found):
        yield escalations.AcknowledgementMissing, sight.found.managers
        yield escalations.AcknowledgementMissing, CENTRAL


def _preview(_stage: Stage, _sight: Sight) -> Iterator[Told]:
    yield digest.DigestParent, CENTRAL


def _publish(_stage: Stage, sight: Sight) -> Iterator[Told]:
    if sight.planned.calendar.board_confirmed:
        yield digest.DigestParent, BOARD
        yield digest.DigestPublished, CENTRAL
    else:
        yield digest.DigestHeld, CENTRAL


TELLS: Mapping[StageKind, Callable[[Stage, Sight], Iterator[Told]]] = {
    StageKind.OPEN: _opening,
    StageKind.MISSED: _missed,
    StageKind.HAND_OVER: _taken_over,
    StageKind.REMIND: _reminder,
    StageKind.OVERDUE: _overdue,
    StageKind.CLOSE: _close,
    StageKind.EXTENSION_OVER: _time_over,
    StageKind.ESCALATE: _run,
    StageKind.REMIND_SPONSOR: _sponsors,
    StageKind.TELL_MANAGER: _manager,
    StageKind.PREVIEW: _preview,
    StageKind.PUBLISH: _publish,
}
