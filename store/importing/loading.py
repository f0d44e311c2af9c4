"""Load a programme into the records, in the caller's transaction: whole or not at all.

It owns the order of the steps. It must not read a file.
"""

from datetime import datetime

from sqlmodel import Session, select

from rules.kinds import LAA_KINDS
from rules.quarters import Quarter
from store.importing.history import load_history
from store.importing.ledger import Ledger, Loaded, Progress
from store.importing.people import load_blocks, load_partnerships, load_people
from store.importing.programme import Programme
from store.importing.roles import load_roles
from store.importing.target_rows import load_focus, load_grants, load_milestones, load_targets
from store.tables import KindRow


def load(
    session: Session,
    programme: Programme,
    *,
    history_before: Quarter | None,
    now: datetime,
    by: int | None = None,
    on_step: Progress | None = None,
) -> Loaded:
    """Bring the records to what the files say, with an audit entry for every difference.

    Statuses of quarters before `history_before` become locked returns of published quarters;
    of all quarters when it is none. Later statuses are not kept: those quarters are still to
    be reported. What is in the records and not in the files stays.
    """
    ledger = Ledger(session, now, by, _size(programme), on_step)
    load_kinds(ledger)
    blocks = load_blocks(ledger, programme)
    partnerships = load_partnerships(ledger, programme, blocks)
    people = load_people(ledger, programme)
    targets = load_targets(ledger, programme, blocks, partnerships, history_before)
    load_roles(ledger, programme, people, blocks, partnerships, targets)
    load_milestones(ledger, programme, targets)
    load_grants(ledger, programme, targets)
    load_focus(ledger, programme, blocks)
    load_history(ledger, programme, targets, history_before)
    return Loaded(dict(ledger.counts))


def load_kinds(ledger: Ledger) -> None:
    """The kinds of an LAA, where they are not there yet."""
    # Kinds are data: those that stand may have been changed and are left alone.
    there = set(ledger.session.exec(select(KindRow.code)))
    for kind in LAA_KINDS:
        if kind.code not in there:
            row = KindRow(
                code=kind.code,
                label=kind.label,
                collected=kind.collected,
                escalates=kind.escalates,
                carries_grant=kind.carries_grant,
                light_only=kind.light_only,
                agreed_first=kind.agreed_first,
                annex=kind.annex,
            )
            ledger.add("target kind", kind.code, row, kind)
    ledger.step(0, "target kinds")


def _size(programme: Programme) -> int:
    return sum(
        len(lines)
        for lines in (
            programme.blocks,
            programme.partnerships,
            programme.people,
            programme.targets,
            programme.measures,
            programme.grants,
            programme.rota,
            programme.statuses,
        )
    )
