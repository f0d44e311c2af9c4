"""Kills: the bot's process ended with SIGKILL at moments drawn from a seed.

It owns where a kill may fall: between claim and post, between post and record, inside a
submission, and in the middle of the digest. The workspace and the database live on.
"""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.rehearsal.playhouse import BOARD_ID
from workspace.log import Fault, Stage

POSTS = "chat.postMessage"
SUBMISSION = "view_submission"
LONGEST_DELAY = 0.03


class Moment(StrEnum):
    """Where a kill falls."""

    BEFORE_POST = "between claim and post"
    AFTER_POST = "between post and record"
    IN_SUBMISSION = "inside a submission"
    MID_DIGEST = "mid-digest"


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: at the n-th time its moment comes, `delay` seconds later in a submission."""

    moment: Moment
    nth: int
    delay: float = 0.0


def draw(count: int, seed: int, *, posts: int, submissions: int, digest: int) -> tuple[Kill, ...]:
    """That many kills, spread over the moments; the most each moment may count to is given."""
    dice = random.Random(seed)  # noqa: S311  # a seeded rehearsal, no secret
    most = {
        Moment.BEFORE_POST: posts,
        Moment.AFTER_POST: posts,
        Moment.IN_SUBMISSION: submissions,
        Moment.MID_DIGEST: digest,
    }
    moments = [moment for moment in Moment if most[moment] > 0]
    drawn: dict[tuple[Moment, int], Kill] = {}
    room = sum(most[moment] for moment in moments)
    place = 0
    while len(drawn) < min(count, room):
        moment = moments[place % len(moments)]
        nth = dice.randint(1, most[moment])
        drawn.setdefault((moment, nth), Kill(moment, nth, dice.uniform(0, LONGEST_DELAY)))
        place += 1
    return tuple(drawn.values())


@dataclass
class Executioner:
    """Watches the workspace and kills the bot when a drawn moment comes."""

    kill: Callable[[], None]
    kills: tuple[Kill, ...]
    done: list[Kill] = field(default_factory=list)
    _seen: dict[Moment, int] = field(default_factory=dict)
    _later: set[asyncio.Task[None]] = field(default_factory=set)

    async def __call__(self, stage: Stage, what: dict[str, Any]) -> Fault | None:
        """Be told of a call or a delivery; drop the call whose caller was killed before it."""
        fault = None
        for moment in _moments(stage, what):
            self._seen[moment] = self._seen.get(moment, 0) + 1
            for drawn in self.kills:
                if (drawn.moment, drawn.nth) == (moment, self._seen[moment]):
                    fault = await self._strike(drawn) or fault
        return fault

    async def _strike(self, drawn: Kill) -> Fault | None:
        if drawn in self.done:
            return None
        self.done.append(drawn)
        if drawn.moment is Moment.IN_SUBMISSION:
            task = asyncio.create_task(self._after(drawn.delay))
            self._later.add(task)
            task.add_done_callback(self._later.discard)
            return None
        self.kill()
        return Fault(drop=True) if drawn.moment is Moment.BEFORE_POST else None

    async def _after(self, delay: float) -> None:
        await asyncio.sleep(delay)
        self.kill()


def _moments(stage: Stage, what: dict[str, Any]) -> list[Moment]:
    if stage == "delivering":
        submitted = (what.get("payload") or {}).get("type") == SUBMISSION
        return [Moment.IN_SUBMISSION] if submitted else []
    if what.get("method") != POSTS:
        return []
    if stage == "before":
        return [Moment.BEFORE_POST]
    digest = (what.get("args") or {}).get("channel") == BOARD_ID
    return [Moment.AFTER_POST, *([Moment.MID_DIGEST] if digest else [])]
