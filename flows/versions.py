"""What a new version of a return carries beside its answers: whether it is late, and why it is.

It owns this for `flows/submit_return.py`. A first version that is not late needs no reason.
"""

from dataclasses import replace

from flows import lapsing, reasons
from flows.sheet import sheet
from flows.sitting_down import Desk
from messages.notices.sheets import ReturnSheet, SentBack
from rules.commentary import Problem, ProblemCode
from rules.vocabulary import ReturnState


def needs_reason(desk: Desk) -> bool:
    """Whether it changes what somebody else answers for, without having been asked for."""
    before = desk.before
    changes = before is not None and before.state is ReturnState.SUBMITTED
    return changes and desk.who.number != lapsing.answerable(desk.one.target)


def reason_problems(desk: Desk, typed: str) -> tuple[Problem, ...]:
    """What is missing where a change needs a reason."""
    if needs_reason(desk) and not typed.strip():
        return (Problem(ProblemCode.REASON_REQUIRED, "why"),)
    return ()


def shown(desk: Desk) -> ReturnSheet:
    """The sheet of whoever sits down, with how it was sent back and whether a change says why."""
    back = desk.back
    return replace(
        sheet(desk.one, desk.who.number),
        back=SentBack(back.why, back.by, back.at) if back else None,
        changes=desk.before is not None and desk.before.submitted_by is not None,
        why_needed=needs_reason(desk),
    )


def why(desk: Desk, typed: str) -> str:
    """Why this version is made: as typed, else as it was asked for, else by whom and when."""
    if typed.strip():
        return typed.strip()
    if desk.back is not None:
        return desk.back.why
    if desk.late:
        return reasons.LATE
    before = desk.before
    return reasons.CHANGED_BY_LEAD if before and before.submitted_by is not None else ""
