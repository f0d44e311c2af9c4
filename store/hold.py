"""Whether sending is held until a person looks, and since which restore messages are looked for.

It owns one row among the settings, which every process reads before it sends or ticks. It must
not decide to hold or to release: that is `rules/holding.py` and `flows/hold.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session

from rules.holding import HoldReason
from store.tables import Setting

NAME = "sending_held"


@dataclass(frozen=True, slots=True)
class Hold:
    """The latest hold, standing or released. `number` is the second since when it stands.

    `restored_from` is the last moment that the records of the latest restore knew of; a message
    due before `look_first_until` may stand since then without a word of it in them.
    """

    number: int
    why: HoldReason
    since: datetime
    restored_from: datetime | None = None
    look_first_until: datetime | None = None
    released_at: datetime | None = None
    released_by: int | None = None

    @property
    def key(self) -> str:
        """The key of the message about it: with its copies the only one sent while it stands."""
        return key_of(self.number)


def key_of(number: int) -> str:
    """The key of the message about a hold."""
    return f"held:{number}"


_WRITTEN = TypeAdapter(Hold)


def latest(session: Session) -> Hold | None:
    """The latest hold, or none if there never was one."""
    kept = session.get(Setting, NAME)
    return None if kept is None else _WRITTEN.validate_json(kept.value)


def standing(session: Session) -> Hold | None:
    """The hold that stands now, or none."""
    found = latest(session)
    return None if found is None or found.released_at is not None else found


def only_message(session: Session) -> str | None:
    """The key of the one message that may go out while sending is held: the one that says so."""
    held = standing(session)
    return None if held is None else held.key


def keep(session: Session, hold: Hold, now: datetime) -> None:
    """Write a hold down, in place of the one before."""
    row = session.get(Setting, NAME) or Setting(name=NAME, value="", changed_at=now)
    row.value, row.changed_at = _WRITTEN.dump_json(hold).decode(), now
    row.changed_by = hold.released_by
    session.add(row)
    session.flush()


def looked_for_since(session: Session, due_at: datetime) -> datetime | None:
    """Since when a message may stand already, unknown to restored records; none if it cannot."""
    found = latest(session)
    if found is None or found.look_first_until is None or due_at >= found.look_first_until:
        return None
    return found.restored_from
