"""A partnership's record on one page: how its targets stand and what is being done.

It owns finding the partnership and gathering this answer. A return that is not accepted yet is
seen by those involved only, restricted figures inside the partnership only. It must not change
anything but the audit of a refusal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from flows import actions, cycle, histories, lines, owing, standing, withholding
from flows.answers import current_quarter, near
from flows.cycle import Cycle
from flows.histories import Histories, Walked
from flows.home.own import columns
from flows.home.watching import by_person
from flows.material import records
from flows.owing import Owing
from flows.standing import Asker
from flows.target_answer import ACCEPTED
from flows.withholding import Eyes
from messages.notices.actions import OpenAction
from messages.notices.common import KindCount
from messages.notices.escalations import EscalatedTarget
from messages.notices.home_parts import PersonOwing
from messages.notices.partnership import (
    DatedNote,
    PartnershipRecord,
    SignificantRisk,
    TargetStanding,
)
from messages.notices.refusals import (
    PartnershipsAlike,
    PartnershipUnknown,
    PersonUnknown,
    Refused,
)
from rules.actions import Which
from rules.actions import listed as in_order
from rules.annex import natural_key
from rules.digest import counts
from rules.permissions import Capability, Matter, may
from rules.quarters import Quarter
from rules.risk import is_significant
from rules.vocabulary import Status
from store import partnerships, people, registers
from store.partnerships import PartnershipRecord as Partnership
from store.registers import RiskRecord
from store.targets import TargetRecord

IN_ORDER = (Status.RED, Status.AMBER, Status.UNCERTAIN, Status.GREEN)

NoRecord = PartnershipUnknown | PartnershipsAlike | PersonUnknown | Refused


@dataclass(frozen=True, slots=True)
class Page:
    """A partnership before a reader: its quarter, its targets, and what may be shown of them."""

    eyes: Eyes
    planned: Cycle
    found: Histories
    now: datetime

    def hides(self, one: Walked) -> bool:
        """Whether the quarter's return of a target is not for this reader yet."""
        record = one.record(self.found.quarter)
        waits = record is not None and record.state not in ACCEPTED
        return waits and not standing.allowed(self.eyes.who, Capability.SEE_DRAFTS, one.target)


def partnership(
    session: Session, slack_id: str, words: str, quarter: Quarter | None, now: datetime
) -> PartnershipRecord | NoRecord:
    """The record of the partnership whose name or code holds these words.

    Without words, that of the one partnership the reader belongs to.
    """
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    eyes = withholding.eyes(session, who, now)
    named = _named(session, eyes, words)
    if not isinstance(named, Partnership):
        return named
    planned = cycle.of(session, quarter or current_quarter(session, now))
    on = planned.local_day(now)
    numbers = partnerships.target_numbers(session, named.code)
    page = Page(eyes, planned, histories.up_to(session, planned, on, numbers), now)
    if not _may(who, named, (one.target for one in page.found.walked)):
        return standing.refused(session, who, Capability.PARTNERSHIP_RECORD, now)
    return _record(session, named, page, owing.in_quarter(session, planned.quarter, on, numbers))


def _record(session: Session, named: Partnership, page: Page, picture: Owing) -> PartnershipRecord:
    planned = page.planned
    missing = by_person(item for item in picture.owed if not item.reported)
    owes = (PersonOwing(person, refs) for person, refs in missing.items())
    liaisons = people.liaison_officers(session, planned.local_day(page.now))
    still = _actions(page)
    return PartnershipRecord(
        quarter=planned.quarter,
        name=named.name,
        blocks=_blocks(named, page),
        liaison=liaisons.get(named.code),
        as_of=page.now,
        open=planned.is_open,
        due=planned.calendar.due,
        counts=_counts(page),
        owing=tuple(owes) if planned.is_open else (),
        escalations=_escalations(page),
        columns=columns(planned.quarter),
        targets=_targets(page),
        actions=still,
        late=sum(1 for one in still if one.days_overdue),
        risks=_risks(session, page),
        notes=_notes(session, named, page),
    )


def _named(
    session: Session, eyes: Eyes, words: str
) -> Partnership | PartnershipUnknown | PartnershipsAlike:
    every = partnerships.every(session)
    if not words:
        own = [one for one in every if one.code in eyes.partnerships]
        return own[0] if len(own) == 1 else PartnershipsAlike("", _names(own or every))
    folded = words.casefold()
    exact = [one for one in every if folded in {one.name.casefold(), one.code.casefold()}]
    held = [one for one in every if folded in f"{one.name}\n{one.code}".casefold()]
    fits = exact or held
    if len(fits) == 1:
        return fits[0]
    if fits:
        return PartnershipsAlike(words, _names(fits))
    return PartnershipUnknown(words, near(words, _names(every)))


def _names(listed: Iterable[Partnership]) -> tuple[str, ...]:
    return tuple(one.name for one in listed)


def _may(who: Asker, named: Partnership, targets: Iterable[TargetRecord]) -> bool:
    whole = Matter(partnership=named.code)
    return may(who.holdings, Capability.PARTNERSHIP_RECORD, whole) or any(
        standing.allowed(who, Capability.PARTNERSHIP_RECORD, target) for target in targets
    )


def _blocks(named: Partnership, page: Page) -> tuple[str, ...]:
    """The blocks its targets are in, its own first."""
    found = [named.block_name, *(one.target.block_name for one in page.found.walked)]
    return tuple(dict.fromkeys(name for name in found if name))


def _counts(page: Page) -> tuple[KindCount, ...]:
    shown = {one.target.ref for one in page.found.walked if not page.hides(one)}
    listed = counts(record for record in records(page.found) if record.ref in shown)
    return tuple(KindCount(one.label, one.counts, one.red_for_want_of_data) for one in listed)


def _escalations(page: Page) -> tuple[EscalatedTarget, ...]:
    """Escalations as lines; what was written about restricted figures is left out."""
    return tuple(
        withholding.escalation_without(shown) if page.eyes.withholds(one.target) else shown
        for one, shown in page.found.all_escalated()
        if not page.hides(one)
    )


def _targets(page: Page) -> tuple[TargetStanding, ...]:
    listed = [_target(page, one) for one in page.found.walked]
    return tuple(sorted(listed, key=lambda one: (_place(one.status), natural_key(one.ref))))


def _place(status: Status | None) -> int:
    return IN_ORDER.index(status) if status in IN_ORDER else len(IN_ORDER)


def _target(page: Page, one: Walked) -> TargetStanding:
    said = {record.quarter: record.status for record in one.history}
    statuses = tuple(said.get(quarter) for quarter in columns(page.found.quarter))
    bare = TargetStanding(
        one.target.ref,
        one.target.title,
        None,
        statuses,
        lead=one.target.lead,
        sponsor=one.target.sponsor,
    )
    record = one.record(page.found.quarter)
    if page.hides(one):
        return replace(bare, statuses=statuses[:-1], hidden=True)
    if record is None:
        return bare
    stands = replace(
        bare,
        status=record.status,
        direction=record.direction,
        basis=record.basis,
        risk=lines.risk_rating(record.highest_risk),
    )
    if page.eyes.withholds(one.target):
        return replace(stands, withheld=True)
    figures = (lines.actual(one.target, record), lines.expected(one.target, record))
    return replace(stands, actual=figures[0], expected=figures[1], cause=record.cause)


def _seen(page: Page) -> dict[int, Walked]:
    """The targets of which more than earlier quarters is shown, by number."""
    return {one.target.number: one for one in page.found.walked if not page.hides(one)}


def _actions(page: Page) -> tuple[OpenAction, ...]:
    """Actions still to be done; of a restricted target inside the partnership only."""
    seen = {
        number: one for number, one in _seen(page).items() if not page.eyes.withholds(one.target)
    }
    today = page.planned.local_day(page.now)
    open_ones = (
        action
        for number, listed in page.found.actions.items()
        if number in seen
        for action in listed
    )
    return tuple(
        actions.open_action(action, seen[action.target].target, today)
        for action in in_order(open_ones, Which.OPEN, today)
    )


def _risks(session: Session, page: Page) -> tuple[SignificantRisk, ...]:
    """The risks high enough for the board, the highest first."""
    seen = _seen(page)
    threshold = page.planned.settings.significant_risk
    listed = [
        _risk(page, seen[risk.target], risk)
        for risk in registers.open_risks(session)
        if risk.target in seen and is_significant(risk.likelihood * risk.impact, threshold)
    ]
    return tuple(sorted(listed, key=lambda risk: (-risk.score, natural_key(risk.ref))))


def _risk(page: Page, one: Walked, risk: RiskRecord) -> SignificantRisk:
    score = risk.likelihood * risk.impact
    if page.eyes.withholds(one.target):
        return SignificantRisk(one.target.ref, "", score, "")
    return SignificantRisk(one.target.ref, risk.text, score, risk.mitigation)


def _notes(session: Session, named: Partnership, page: Page) -> tuple[DatedNote, ...]:
    """Notes of the partnership and of its targets; of a restricted target inside it only."""
    open_to_reader = [
        one.target.number for one in page.found.walked if not page.eyes.withholds(one.target)
    ]
    return tuple(
        DatedNote(note.kind, note.on_day, note.text, note.link, note.ref)
        for note in partnerships.notes(session, named.number, open_to_reader)
    )
