"""The history of a target's return: every version, who made it, when and why (C19).

It owns gathering this answer. Whoever may see drafts sees all of it; others see what is
accepted, and of restricted figures the colour only. It must not change anything but the audit
of a refusal.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import cycle, lines, standing, withholding
from flows.answers import current_quarter
from flows.target_answer import ACCEPTED, unknown
from messages.notices.checking import Moving, ReturnHistory, VersionLine
from messages.notices.refusals import PersonUnknown, Refused, TargetUnknown
from rules.permissions import Capability
from rules.quarters import Quarter
from store import moves, returns, targets
from store.moves import MoveRecord
from store.returns import ReturnRecord
from store.targets import TargetRecord


def history(
    session: Session, slack_id: str, ref: str, quarter: Quarter | None, now: datetime
) -> ReturnHistory | TargetUnknown | Refused | PersonUnknown:
    """Every version of a target's return in a quarter, as far as the reader may see it."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    number = targets.number_of(session, ref)
    if number is None:
        return unknown(session, ref)
    wanted = quarter or current_quarter(session, now)
    on = cycle.of(session, wanted).local_day(now)
    target = targets.in_quarter(session, number, wanted, on)
    if target is None:
        return TargetUnknown(ref)
    if not standing.allowed(who, Capability.SEE_STATUS, target):
        return standing.refused(session, who, Capability.SEE_STATUS, now, target)
    whole = standing.allowed(who, Capability.SEE_DRAFTS, target)
    listed = returns.versions(session, number, wanted)
    moved = moves.of_return(session, number, wanted) if whole else ()
    shown = listed if whole else tuple(one for one in listed[-1:] if one.state in ACCEPTED)
    versions = tuple(_line(target, one, moved, listed[-1].version) for one in shown)
    found = ReturnHistory(wanted, target.ref, target.title, versions, whole)
    hides = withholding.eyes(session, who, now).withholds(target)
    return _without_figures(found) if hides else found


def _without_figures(found: ReturnHistory) -> ReturnHistory:
    versions = (
        replace(one, actual=None, expected=None, cause="", why="") for one in found.versions
    )
    return replace(found, versions=tuple(versions), withheld=True)


def _line(
    target: TargetRecord, record: ReturnRecord, moved: tuple[MoveRecord, ...], newest: int
) -> VersionLine:
    return VersionLine(
        record.version,
        record.state,
        record.status,
        record.submitted_by,
        record.on_behalf_of,
        record.submitted_at,
        record.why,
        record.late,
        lines.actual(target, record),
        lines.expected(target, record),
        record.cause,
        tuple(
            Moving(one.after, one.by, one.at, one.why)
            for one in moved
            if one.version == record.version
        ),
        counts=record.version == newest,
    )
