"""The plan of a quarter: who would get what, when and why; nothing is sent.

It owns listing the obligations by the same rules that make them, on the data as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import cycle, owing
from flows.cycle import Cycle
from flows.owing import Owing
from rules.cadence import Stage, StageKind
from rules.escalation import walk
from rules.owed import (
    Audience,
    Owed,
    audiences,
    owed_by_lead,
    owed_by_performance_lead,
    owed_by_sponsor,
)
from rules.quarters import Quarter
from rules.vocabulary import Status
from store import people
from store.returns import ReturnRecord

ONLY_IF_MISSING = "only if still missing then"


@dataclass(frozen=True, slots=True)
class Planned:
    """One message that would be sent: when, to whom by label, what, and why."""

    at: datetime
    to: str
    what: str
    why: str


def plan(
    session: Session, quarter: Quarter, wanted: dict[str, Status], now: datetime
) -> tuple[Planned, ...]:
    """Who would get what, when and why. `wanted` is each target's status in the data, by ref."""
    planned = cycle.of(session, quarter)
    picture = owing.in_quarter(session, quarter, planned.local_day(now))
    labels = {person.number: person.label for person in people.everyone(session)}
    lines = [
        Planned(at, labels[to] if isinstance(to, int) else to, what, why)
        for stage in planned.stages
        for at, to, what, why in _of_stage(stage, planned, picture, wanted)
    ]
    return tuple(sorted(lines, key=lambda line: (line.at, line.to)))


Raw = tuple[datetime, int | str, str, str]


def _of_stage(
    stage: Stage, planned: Cycle, picture: Owing, wanted: dict[str, Status]
) -> Iterator[Raw]:
    if stage.kind is StageKind.OPEN:
        for person, owed in owed_by_lead(picture.owed).items():
            yield stage.at, person, f"request: {_refs(owed)}", "leads these targets, due now"
        yield stage.at, "central team", "window opened", "runs the quarter"
    elif stage.kind in {StageKind.REMIND, StageKind.OVERDUE}:
        yield from _reminders(stage, picture)
    elif stage.kind is StageKind.CLOSE:
        yield stage.at, "central team", "window closed", "runs the quarter"
    elif stage.kind is StageKind.ESCALATE:
        yield from _escalations(stage, planned, picture, wanted)
    else:
        yield from _later(stage)


def _reminders(stage: Stage, picture: Owing) -> Iterator[Raw]:
    told = audiences(stage) if stage.kind is StageKind.OVERDUE else (Audience.LEAD,)
    groups = {
        Audience.LEAD: owed_by_lead,
        Audience.PERFORMANCE_LEAD: owed_by_performance_lead,
        Audience.SPONSOR: owed_by_sponsor,
    }
    what = "reminder" if stage.kind is StageKind.REMIND else "overdue"
    for audience in told:
        if audience is Audience.CENTRAL_TEAM:
            yield stage.at, "central team", f"{what} ({stage.name})", ONLY_IF_MISSING
            continue
        for person, owed in groups[audience](picture.owed).items():
            yield stage.at, person, f"{what} ({stage.name}): {_refs(owed)}", ONLY_IF_MISSING


def _escalations(
    stage: Stage, planned: Cycle, picture: Owing, wanted: dict[str, Status]
) -> Iterator[Raw]:
    for number, target in picture.targets.items():
        status = wanted.get(target.ref)
        if status is None or not target.kind.escalates:
            continue
        history = _history(picture.histories.get(number, ()), planned.quarter)
        step = walk(
            [*history, (planned.quarter, status)],
            effective_from=planned.settings.effective_from,
        )[-1]
        if step.event.asks_sponsor:
            why = f"{status.value.lower()} by the data, poor quarters running: {step.streak}"
            to: int | str = target.sponsor if target.sponsor is not None else "LAA manager"
            yield stage.at, to, f"escalation ({step.event.value.lower()}): {target.ref}", why
            if target.lead is not None:
                yield stage.at, target.lead, f"report card asked for: {target.ref}", why
    yield stage.at, "central team", "escalations of the quarter", "runs the quarter"


def _history(records: tuple[ReturnRecord, ...], quarter: Quarter) -> list[tuple[Quarter, Status]]:
    return [(one.quarter, one.status) for one in records if one.quarter < quarter]


def _later(stage: Stage) -> Iterator[Raw]:
    words: dict[StageKind, tuple[str, str, str]] = {
        StageKind.REMIND_SPONSOR: (
            "sponsors",
            f"reminder to acknowledge ({stage.name})",
            "only if not acknowledged then",
        ),
        StageKind.TELL_MANAGER: (
            "LAA manager, central team",
            "acknowledgements missing",
            "only if not acknowledged then",
        ),
        StageKind.PREVIEW: ("central team", "digest, as a preview", "the day before publishing"),
        StageKind.PUBLISH: ("board", "digest with its thread", "if the board date is confirmed"),
    }
    if stage.kind in words:
        yield stage.at, *words[stage.kind]


def _refs(owed: tuple[Owed, ...]) -> str:
    return ", ".join(item.ref for item in owed)
