"""The central team adds, renames, orders and removes blocks.

It owns these use cases. A block goes only when nothing hangs on it, former roles included.
"""

from datetime import datetime

from sqlmodel import Session

from flows import cycle
from flows.setup.admission import admitted
from flows.setup.pages import page_of
from flows.setup.seen import mark
from flows.standing import Asker
from messages.notices.organising import BlockRow, BlocksListed
from messages.notices.organising_sheets import BlockAnswer, BlockSheet
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from rules.organising import MOST_LISTED, Amiss, Fault, Faults, coded_faults, named_faults
from store import audit, organisation, people
from store.organisation import BlockRecord

Stranger = PersonUnknown | Refused


def blocks_listed(
    session: Session, slack_id: str, page: int, now: datetime
) -> BlocksListed | Stranger:
    """The blocks in their order, a page at a time."""
    who = admitted(session, slack_id, now)
    return _listed(session, page, now) if isinstance(who, Asker) else who


def block_sheet(
    session: Session, slack_id: str, number: int | None, now: datetime
) -> BlockSheet | OutOfDate | Stranger:
    """A block to change, or to add where no number is given."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    every = organisation.blocks(session)
    if number is None:
        return BlockSheet(None, "", len(every) + 1, len(every) + 1, 0, "")
    found = _find(every, number)
    if found is None:
        return OutOfDate()
    uses = organisation.uses_of_block(session, number)
    place = every.index(found) + 1
    return BlockSheet(number, found.name, place, len(every), uses, _mark(every, found))


def keep_block(
    session: Session, slack_id: str, answer: BlockAnswer, now: datetime
) -> BlocksListed | Faults | OutOfDate | Stranger:
    """Keep a block as sent: a new one, or another name or place for one that is there."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    every = organisation.blocks(session)
    found = _find(every, answer.number)
    if answer.number is not None and found is None:
        return OutOfDate()
    faults = _faults(every, found, answer)
    if faults:
        return Faults(tuple(faults))
    before = every
    number = found.number if found else organisation.add_block(session, answer.code, answer.name)
    organisation.name_block(session, number, answer.name)
    _put_in_place(session, number, answer.position)
    after = organisation.blocks(session)
    if after != before:
        action = "change block" if found else "add block"
        _audited(session, action, answer.name, who, now, before=before, after=after)
    return _listed(session, 1, now)


def remove_block(
    session: Session, slack_id: str, number: int, now: datetime
) -> BlocksListed | Fault | OutOfDate | Stranger:
    """Take a block away on which nothing hangs."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    found = _find(organisation.blocks(session), number)
    if found is None:
        return OutOfDate()
    if uses := organisation.uses_of_block(session, number):
        return Fault("name", Amiss.STILL_USED, str(uses))
    organisation.remove_block(session, number)
    _audited(session, "remove block", found.name, who, now, before=found)
    return _listed(session, 1, now)


def _listed(session: Session, page: int, now: datetime) -> BlocksListed:
    targets = organisation.targets_by_block(session)
    leads = people.responsible(session, cycle.today(session, now)).performance_leads
    rows = [
        BlockRow(one.number, one.name, leads.get(one.number), targets.get(one.number, 0))
        for one in organisation.blocks(session)
    ]
    shown = page_of(rows, page)
    return BlocksListed(shown.rows, shown.number, shown.of)


def _faults(
    every: tuple[BlockRecord, ...], found: BlockRecord | None, answer: BlockAnswer
) -> list[Fault]:
    others = [one for one in every if one is not found]
    faults = named_faults(answer.name, [one.name for one in others])
    if found is None:
        faults += coded_faults(answer.code, [one.code for one in every])
        if len(every) >= MOST_LISTED - 1:
            faults.append(Fault("name", Amiss.TOO_MANY, str(MOST_LISTED - 1)))
    elif _mark(every, found) != answer.seen:
        faults.append(Fault("name", Amiss.CHANGED_MEANWHILE))
    return faults


def _put_in_place(session: Session, number: int, position: int | None) -> None:
    order = [one.number for one in organisation.blocks(session)]
    if position is not None:
        order.remove(number)
        order.insert(min(max(position - 1, 0), len(order)), number)
    organisation.order_blocks(session, tuple(order))


def _mark(every: tuple[BlockRecord, ...], found: BlockRecord) -> str:
    return mark([found, [one.number for one in every]])


def _find(every: tuple[BlockRecord, ...], number: int | None) -> BlockRecord | None:
    return next((one for one in every if one.number == number), None)


def _audited(
    session: Session,
    action: str,
    name: str,
    who: Asker,
    now: datetime,
    before: object,
    after: object | None = None,
) -> None:
    audit.record(
        session,
        at=now,
        actor=who.number,
        action=action,
        subject=name[:200],
        before=before,
        after=after,
    )
