"""The central team changes how a kind of target is treated, or adds one.

It owns these use cases. What may not be taken from a kind in use is decided by
`rules/organising.py`.
"""

from datetime import datetime

from sqlmodel import Session

from flows.setup.admission import admitted
from flows.setup.pages import page_of
from flows.setup.seen import mark
from flows.standing import Asker
from messages.notices.organising import KindRow, KindsListed
from messages.notices.organising_sheets import KindAnswer, KindSheet
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from rules.kinds import TargetKind
from rules.organising import (
    ANNEXES,
    LABEL_LENGTH,
    Amiss,
    Fault,
    Faults,
    InUse,
    coded_faults,
    kind_faults,
    named_faults,
)
from rules.vocabulary import QuarterState
from store import audit, organisation, quarters

Stranger = PersonUnknown | Refused
FLAGS = ("collected", "escalates", "carries_grant", "light_only", "agreed_first")


def kinds_listed(
    session: Session, slack_id: str, page: int, now: datetime
) -> KindsListed | Stranger:
    """The kinds of target, a page at a time."""
    who = admitted(session, slack_id, now)
    return _listed(session, page) if isinstance(who, Asker) else who


def kind_sheet(
    session: Session, slack_id: str, code: str | None, now: datetime
) -> KindSheet | OutOfDate | Stranger:
    """A kind to change, or to add where no code is given."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    if code is None:
        return KindSheet(TargetKind("", ""), 0, "")
    found = _find(session, code)
    if found is None:
        return OutOfDate()
    return KindSheet(found, organisation.targets_by_kind(session).get(code, 0), mark(found))


def keep_kind(
    session: Session, slack_id: str, answer: KindAnswer, now: datetime
) -> KindsListed | Faults | OutOfDate | Stranger:
    """Keep a kind as sent."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    found = _find(session, answer.before) if answer.before else None
    if answer.before and found is None:
        return OutOfDate()
    wanted = _wanted(answer)
    if faults := _faults(session, found, wanted, answer):
        return Faults(tuple(faults))
    if wanted != found:
        organisation.keep_kind(session, wanted)
        audit.record(
            session,
            at=now,
            actor=who.number,
            action="change kind" if found else "add kind",
            subject=wanted.label,
            before=found,
            after=wanted,
        )
    return _listed(session, 1)


def _wanted(answer: KindAnswer) -> TargetKind:
    annex = int(answer.annex) if answer.annex.isdecimal() else None
    return TargetKind(
        code=answer.before or answer.code,
        label=answer.label,
        annex=annex,
        collected="collected" in answer.flags,
        escalates="escalates" in answer.flags,
        carries_grant="carries_grant" in answer.flags,
        light_only="light_only" in answer.flags,
        agreed_first="agreed_first" in answer.flags,
    )


def _faults(
    session: Session, found: TargetKind | None, wanted: TargetKind, answer: KindAnswer
) -> list[Fault]:
    every = organisation.kinds(session)
    others = [one.label for one in every if one != found]
    faults = named_faults(wanted.label, others, field="label", longest=LABEL_LENGTH)
    if found is None:
        faults += coded_faults(wanted.code, [one.code for one in every])
    elif mark(found) != answer.seen:
        faults.append(Fault("label", Amiss.CHANGED_MEANWHILE))
    if answer.annex and wanted.annex not in ANNEXES:
        faults.append(Fault("annex", Amiss.ANNEX_ODD))
        return faults
    return [*faults, *kind_faults(wanted, found, _in_use(session, wanted.code))]


def _in_use(session: Session, code: str) -> InUse:
    return InUse(
        organisation.targets_by_kind(session).get(code, 0),
        organisation.with_grant(session, code),
        any(one.state is QuarterState.OPEN for one in quarters.running(session)),
    )


def _listed(session: Session, page: int) -> KindsListed:
    targets = organisation.targets_by_kind(session)
    rows = [
        KindRow(
            one.code,
            one.label,
            tuple(flag for flag in FLAGS if getattr(one, flag)),
            one.annex,
            targets.get(one.code, 0),
        )
        for one in organisation.kinds(session)
    ]
    shown = page_of(rows, page)
    return KindsListed(shown.rows, shown.number, shown.of)


def _find(session: Session, code: str) -> TargetKind | None:
    return next((one for one in organisation.kinds(session) if one.code == code), None)
