"""What administrators are told when sending itself needs a person (reliability paper 2 and 5)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self

from rules.holding import HoldReason


class SeenTo(StrEnum):
    """What an administrator did about it."""

    SENT_AGAIN = "SENT_AGAIN"
    DEALT_WITH = "DEALT_WITH"
    RELEASED = "RELEASED"


@dataclass(frozen=True, slots=True)
class MessageNotSent:
    """A message that was set aside, said anew once somebody has seen to it.

    `subject` is the kind of its notice and `why` a code; people read neither. It was for a
    person, by number, or for a channel, by the name of its setting. `parts` are the places,
    from 0, of those parts of it that were set aside, out of `of`; `behind` counts messages
    that can only follow it. `number` names it to its buttons, and `round` counts how often it
    was set aside. `unclear` when it may stand after all. `told` are the people told directly,
    where it could not be said in the central channel.
    """

    number: int
    round: int
    subject: str
    to_person: int | None
    to_channel: str | None
    is_edit: bool
    parts: tuple[int, ...]
    of: int
    behind: int
    why: str
    unclear: bool
    told: tuple[int, ...] = ()
    done: SeenTo | None = None
    done_by: int | None = None
    done_at: datetime | None = None

    @classmethod
    def example(cls) -> Self:
        """The board's channel is archived, and the thread waits with its first message."""
        return cls(
            number=57,
            round=1,
            subject="digest_parent",
            to_person=None,
            to_channel="BOARD_CHANNEL",
            is_edit=False,
            parts=(0,),
            of=1,
            behind=9,
            why="is_archived",
            unclear=False,
        )


@dataclass(frozen=True, slots=True)
class SendingHeld:
    """Nothing is sent until somebody releases it. Said anew once it is.

    `number` names the hold to its button. `by_days` is how far the clock moved, backwards
    where it is negative; `restored_from` is the last moment that restored records know of.
    `released_by` is none where it was released at the command line. `told` as in
    `MessageNotSent`.
    """

    number: int
    why: HoldReason
    since: datetime
    by_days: int = 0
    restored_from: datetime | None = None
    told: tuple[int, ...] = ()
    released_at: datetime | None = None
    released_by: int | None = None

    @classmethod
    def example(cls) -> Self:
        """After a restore, not yet released."""
        return cls(
            number=1_223_541_000,
            why=HoldReason.RESTORED,
            since=datetime(2008, 10, 9, 8, 30, tzinfo=UTC),
            restored_from=datetime(2008, 10, 8, 23, tzinfo=UTC),
        )
