"""A target's set-up to look at, and the notes about a partnership.

It owns gathering these. It must not change anything but the audit of a refusal.
"""

from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from flows import cycle
from flows.beside import MOST_NOTES, note_lines
from flows.setup.admission import admitted
from flows.setup.change_beside import named
from flows.standing import Asker
from messages.notices.common import Figure
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from messages.notices.setup_cards import MilestoneLine, PartnershipNotes, TargetCard
from rules.quarters import Quarter, reporting_quarter
from rules.setup_invariants import gaps
from rules.setup_milestones import ROWS
from rules.setup_target import TargetPlan
from rules.status import Profile
from store import people
from store.setup import beside, milestones, plans
from store.setup.beside import About


def card(
    session: Session, slack_id: str, number: int, now: datetime
) -> TargetCard | OutOfDate | Refused | PersonUnknown:
    """Everything that is set up of a target."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    plan = plans.find(session, number)
    return OutOfDate() if plan is None else _card(session, number, plan, now)


def partnership_notes(
    session: Session, slack_id: str, number: int, now: datetime
) -> PartnershipNotes | OutOfDate | Refused | PersonUnknown:
    """The notes about a partnership."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    name = beside.partnership_name(session, number)
    if name is None:
        return OutOfDate()
    found = beside.notes(session, About(partnership=number))
    return PartnershipNotes(number, name, note_lines(found), max(0, len(found) - MOST_NOTES))


def _card(session: Session, number: int, plan: TargetPlan, now: datetime) -> TargetCard:
    today = cycle.today(session, now)
    owners = people.responsible(session, today, (number,))
    offer, notes = plans.offer(session), beside.notes(session, About(target=number))
    proxy = milestones.active_proxy(session, number)
    first = reporting_quarter(today)
    there = milestones.of_target(session, number)
    of_proxy = milestones.of_proxy(session, proxy[0]) if proxy else {}
    stand_in = (proxy[1].unit, proxy[1].decimals or 0) if proxy else ("", 0)
    own = (plan.unit, plan.decimals or 0)
    return TargetCard(
        number=number,
        plan=plan,
        kind_label=offer.kind.get(plan.kind, ""),
        block=offer.block.get(plan.block, ""),
        partnership=offer.partnership.get(plan.partnership, ""),
        lead=owners.leads.get(number),
        sponsor=owners.sponsors.get(number),
        lacks=gaps(plan),
        baseline=_figure(plan.baseline_value, own),
        end=_end(plan, first, own),
        benchmark=_figure(plan.benchmark_value, own),
        milestones=_lines(there, first, own),
        proxy=proxy[1].title if proxy else "",
        proxy_milestones=_lines(of_proxy, first, stand_in),
        links=tuple(named(one) for one in plans.names(session, beside.links(session, number))),
        notes=note_lines(notes),
        more_notes=max(0, len(notes) - MOST_NOTES),
    )


def _lines(
    there: dict[Quarter, Profile], first: Quarter, shown_as: tuple[str, int]
) -> tuple[MilestoneLine, ...]:
    """The milestones of the quarters a form would show."""
    wanted = [quarter for quarter in sorted(there) if first <= quarter < first.shifted(ROWS)]
    return tuple(
        MilestoneLine(
            quarter,
            _figure(there[quarter].value, shown_as),
            _figure(there[quarter].low, shown_as),
            _figure(there[quarter].high, shown_as),
        )
        for quarter in wanted
    )


def _end(plan: TargetPlan, quarter: Quarter, shown_as: tuple[str, int]) -> MilestoneLine | None:
    ends = (plan.end_value, plan.range_low, plan.range_high)
    if ends == (None, None, None):
        return None
    value, low, high = (_figure(end, shown_as) for end in ends)
    return MilestoneLine(quarter, value, low, high)


def _figure(value: Decimal | None, shown_as: tuple[str, int]) -> Figure | None:
    unit, decimals = shown_as
    return None if value is None else Figure(value, unit, decimals)
