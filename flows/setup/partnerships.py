"""The central team adds, renames and removes partnerships, and says when data sharing is agreed.

It owns these use cases. A partnership goes only when nothing hangs on it, former roles included.
"""

from datetime import datetime

from sqlmodel import Session

from flows import cycle
from flows.setup.admission import admitted
from flows.setup.pages import page_of
from flows.setup.seen import mark
from flows.standing import Asker
from messages.notices.organising import PartnershipRow, PartnershipsListed
from messages.notices.organising_sheets import PartnershipAnswer, PartnershipSheet
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from rules.organising import Amiss, Fault, Faults, coded_faults, named_faults
from rules.vocabulary import Role
from store import audit, organisation, people
from store.organisation import PartnershipRecord

Stranger = PersonUnknown | Refused


def partnerships_listed(
    session: Session, slack_id: str, page: int, now: datetime
) -> PartnershipsListed | Stranger:
    """The partnerships by name, a page at a time."""
    who = admitted(session, slack_id, now)
    return _listed(session, page, now) if isinstance(who, Asker) else who


def partnership_sheet(
    session: Session, slack_id: str, number: int | None, now: datetime
) -> PartnershipSheet | OutOfDate | Stranger:
    """A partnership to change, or to add where no number is given."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    blocks = tuple((one.number, one.name) for one in organisation.blocks(session))
    if number is None:
        return PartnershipSheet(None, "", None, blocks, None, 0, "")
    found = _find(session, number)
    if found is None:
        return OutOfDate()
    uses = organisation.uses_of_partnership(session, number)
    agreed = found.data_sharing_agreed_on
    return PartnershipSheet(number, found.name, found.block, blocks, agreed, uses, mark(found))


def keep_partnership(
    session: Session, slack_id: str, answer: PartnershipAnswer, now: datetime
) -> PartnershipsListed | Faults | OutOfDate | Stranger:
    """Keep a partnership as sent."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    found = _find(session, answer.number)
    if answer.number is not None and found is None:
        return OutOfDate()
    if faults := _faults(session, found, answer):
        return Faults(tuple(faults))
    wanted = PartnershipRecord(
        found.number if found else 0,
        found.code if found else answer.code,
        answer.name,
        answer.block,
        answer.sharing_agreed_on,
    )
    if wanted != found:
        organisation.keep_partnership(session, wanted)
        action = "change partnership" if found else "add partnership"
        _audited(session, action, wanted, who, now, before=found, after=wanted)
    return _listed(session, 1, now)


def remove_partnership(
    session: Session, slack_id: str, number: int, now: datetime
) -> PartnershipsListed | Fault | OutOfDate | Stranger:
    """Take a partnership away on which nothing hangs."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    found = _find(session, number)
    if found is None:
        return OutOfDate()
    if uses := organisation.uses_of_partnership(session, number):
        return Fault("name", Amiss.STILL_USED, str(uses))
    organisation.remove_partnership(session, number)
    _audited(session, "remove partnership", found, who, now, before=found)
    return _listed(session, 1, now)


def _listed(session: Session, page: int, now: datetime) -> PartnershipsListed:
    targets = organisation.targets_by_partnership(session)
    officers = people.over_partnerships(session, Role.LIAISON_OFFICER, cycle.today(session, now))
    blocks = {one.number: one.name for one in organisation.blocks(session)}
    rows = [
        PartnershipRow(
            one.number,
            one.name,
            blocks.get(one.block or 0, ""),
            officers.get(one.number),
            one.data_sharing_agreed_on,
            targets.get(one.number, 0),
        )
        for one in organisation.partnerships(session)
    ]
    shown = page_of(rows, page)
    return PartnershipsListed(shown.rows, shown.number, shown.of)


def _faults(
    session: Session, found: PartnershipRecord | None, answer: PartnershipAnswer
) -> list[Fault]:
    every = organisation.partnerships(session)
    others = [one.name for one in every if one != found]
    faults = named_faults(answer.name, others)
    if found is None:
        faults += coded_faults(answer.code, [one.code for one in every])
    elif mark(found) != answer.seen:
        faults.append(Fault("name", Amiss.CHANGED_MEANWHILE))
    known = {one.number for one in organisation.blocks(session)}
    if answer.block is not None and answer.block not in known:
        faults.append(Fault("in_block", Amiss.GONE))
    return faults


def _find(session: Session, number: int | None) -> PartnershipRecord | None:
    return next((one for one in organisation.partnerships(session) if one.number == number), None)


def _audited(
    session: Session,
    action: str,
    subject: PartnershipRecord,
    who: Asker,
    now: datetime,
    before: object | None,
    after: object | None = None,
) -> None:
    audit.record(
        session,
        at=now,
        actor=who.number,
        action=action,
        subject=subject.name[:200],
        before=before,
        after=after,
    )
