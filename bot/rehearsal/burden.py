"""What a quarter asked of each lead: messages, how soon they answered, what batching saved.

It owns this part of a rehearsal's result. It reads the records after the performance and
judges nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from messages.notices import loads
from messages.notices.returns import ReturnsOverdue, ReturnsRequested, ReturnsStillMissing
from rules.quarters import Quarter
from store import outbox, people, returns
from store.outbox import Said

REQUEST = "returns_requested"
REMINDERS = ("returns_still_missing", "returns_overdue")
A_MINUTE = timedelta(minutes=1)


def burden(session: Session, quarter: Quarter) -> list[dict[str, Any]]:
    """A row for each person who was asked for returns, in the order of their labels.

    `minutes_to_first_answer` and `minutes_to_last_answer` run from the request to the returns
    on the scripted clock, and are none where nothing came. `reminders_saved` counts the
    reminders that one for each target would have added to those that name them all.
    """
    labels = {person.number: person.label for person in people.everyone(session)}
    by_person: dict[int, list[Said]] = defaultdict(list)
    for said in outbox.said_to_people(session, quarter.label):
        by_person[said.to_person].append(said)
    answered = returns.first_sent(session, quarter)
    rows = [
        _row(labels[person], said, answered)
        for person, said in by_person.items()
        if any(one.kind == REQUEST for one in said)
    ]
    return sorted(rows, key=lambda row: str(row["lead"]))


def _row(label: str, said: Iterable[Said], answered: Mapping[int, datetime]) -> dict[str, Any]:
    said = list(said)
    asked = next(one for one in said if one.kind == REQUEST)
    reminders = [one for one in said if one.kind in REMINDERS]
    targets = _targets(asked)
    waited = sorted(
        (answered[target] - asked.due_at) // A_MINUTE for target in targets if target in answered
    )
    return {
        "lead": label,
        "targets": len(targets),
        "reported": len(waited),
        "messages": len(said),
        "reminders": len(reminders),
        "minutes_to_first_answer": waited[0] if waited else None,
        "minutes_to_last_answer": waited[-1] if waited else None,
        "reminders_saved": sum(len(_targets(one)) - 1 for one in reminders),
    }


def _targets(said: Said) -> tuple[int, ...]:
    """The numbers of the targets a request or a reminder names."""
    notice = loads(said.kind, said.body)
    if isinstance(notice, ReturnsRequested | ReturnsStillMissing | ReturnsOverdue):
        return tuple(target.number for target in notice.targets)
    return ()
