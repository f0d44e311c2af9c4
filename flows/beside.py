"""What hangs on a target and is shown with it: links, notes, a benchmark, groups affected.

It owns gathering these for answers. A linked target shows what was accepted, nothing earlier.
"""

from sqlmodel import Session

from messages.notices.beside import Beside, LinkedTarget, NoteLine
from messages.notices.common import Figure
from rules.quarters import Quarter
from rules.vocabulary import ReturnState
from store import returns
from store.returns import ReturnRecord
from store.setup import beside, plans
from store.setup.beside import About, NoteRecord
from store.targets import TargetRecord

MOST_NOTES = 10
ACCEPTED = frozenset({ReturnState.ACCEPTED, ReturnState.LOCKED, ReturnState.LAPSED})


def what_hangs_on(session: Session, target: TargetRecord, quarter: Quarter) -> Beside:
    """All of it, statuses of linked targets as they are known up to a quarter."""
    plan = plans.find(session, target.number)
    if plan is None:
        return Beside()
    notes = beside.notes(session, About(target=target.number))
    value = plan.benchmark_value
    return Beside(
        benchmark=None if value is None else Figure(value, target.unit, target.decimals),
        benchmark_source=plan.benchmark_source,
        affected_groups=plan.affected_groups,
        fund_note=plan.fund_note,
        links=_linked(session, target.number, quarter),
        notes=note_lines(notes),
        more_notes=max(0, len(notes) - MOST_NOTES),
    )


def note_lines(found: tuple[NoteRecord, ...]) -> tuple[NoteLine, ...]:
    """The newest notes, as many as are shown at once."""
    return tuple(
        NoteLine(one.number, one.kind, one.on_day, one.text, one.link) for one in found[:MOST_NOTES]
    )


def _linked(session: Session, number: int, quarter: Quarter) -> tuple[LinkedTarget, ...]:
    numbers = beside.links(session, number)
    pasts = returns.histories(session, quarter, numbers) if numbers else {}
    return tuple(
        _line(one.ref, one.title, pasts.get(one.number, ()))
        for one in plans.names(session, numbers)
    )


def _line(ref: str, title: str, history: tuple[ReturnRecord, ...]) -> LinkedTarget:
    accepted = [record for record in history if record.state in ACCEPTED]
    if not accepted:
        return LinkedTarget(ref, title)
    return LinkedTarget(ref, title, accepted[-1].status, accepted[-1].quarter)
