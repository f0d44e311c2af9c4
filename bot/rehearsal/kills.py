"""Kills: a process of the bot ended with SIGKILL at moments drawn from a seed.

It owns where a kill may fall: around a call to Slack, inside a submission, in the middle of
the digest, and while the bot does what is due. The workspace and the database live on.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.rehearsal.crew import Crew
from bot.rehearsal.playhouse import BOARD_ID
from workspace.log import Fault, Stage

POSTS = "chat.postMessage"
SUBMISSION = "view_submission"
LONGEST_DELAY = 0.12
"""Seconds in which a submission has come, is kept and is answered."""


class Moment(StrEnum):
    """Where a kill falls."""

    BEFORE_POST = "between claim and post"
    AFTER_POST = "between post and record"
    IN_SUBMISSION = "inside a submission"
    MID_DIGEST = "mid-digest"
    BEFORE_CALL = "before a call of any kind"
    AFTER_CALL = "after a call of any kind"
    WHILE_TICKING = "while doing what is due"


UNDONE = frozenset({Moment.BEFORE_POST, Moment.BEFORE_CALL})
"""A kill here comes before Slack has done anything of the call."""
DELAYED = frozenset({Moment.IN_SUBMISSION, Moment.WHILE_TICKING})
"""A kill here comes a random moment later, wherever the process is by then."""


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: at the n-th time its moment comes.

    `delay` is in real seconds. `whom`, from 0 up to 1, picks the process where no call does.
    """

    moment: Moment
    nth: int
    delay: float = 0.0
    whom: float = 0.0


def draw(count: int, seed: int, most: Mapping[Moment, int]) -> tuple[Kill, ...]:
    """That many kills, spread over the moments; the most each may count to is given."""
    dice = random.Random(seed)  # noqa: S311  # a seeded rehearsal, no secret
    moments = [moment for moment in Moment if most.get(moment, 0) > 0]
    drawn: dict[tuple[Moment, int], Kill] = {}
    room = sum(most[moment] for moment in moments)
    place = 0
    while len(drawn) < min(count, room):
        moment = moments[place % len(moments)]
        nth = dice.randint(1, most[moment])
        kill = Kill(moment, nth, dice.uniform(0, LONGEST_DELAY), dice.random())
        drawn.setdefault((moment, nth), kill)
        place += 1
    return tuple(drawn.values())


@dataclass
class Executioner:
    """Watches the workspace and kills a process when a drawn moment comes.

    `seen` counts how often each moment came, `done` holds the kills that hit. One that finds
    its process killed already, and not yet started again, waits for the moment's next time.
    """

    crew: Crew
    kills: tuple[Kill, ...]
    done: list[Kill] = field(default_factory=list)
    seen: Counter[Moment] = field(default_factory=Counter)
    _later: set[asyncio.Task[None]] = field(default_factory=set)

    async def __call__(self, stage: Stage, what: dict[str, Any]) -> Fault | None:
        """Be told of a call or a delivery; drop the call whose caller was killed before it."""
        caller = self.crew.called(str(what.get("agent", "")))
        struck = [self._comes(moment, caller) for moment in _moments(stage, what)]
        return Fault(drop=True) if any(struck) else None

    def settling(self) -> None:
        """Be told that the bot is asked to do what is due."""
        self._comes(Moment.WHILE_TICKING, None)

    def stop(self) -> None:
        """Let those live whose moment has not come yet."""
        for task in self._later:
            task.cancel()

    def _comes(self, moment: Moment, caller: str | None) -> bool:
        """Count a moment, and strike when its time has come; whether a call is undone by it."""
        self.seen[moment] += 1
        now = (moment, self.seen[moment])
        drawn = [kill for kill in self.kills if (kill.moment, kill.nth) == now]
        for kill in drawn:
            whom = caller or self._anybody(kill)
            if moment in DELAYED:
                self._strike_later(kill, whom)
            else:
                self._strike(kill, whom)
        return bool(drawn) and moment in UNDONE

    def _anybody(self, kill: Kill) -> str:
        names = list(self.crew.members)
        return names[int(kill.whom * len(names))]

    def _strike(self, kill: Kill, whom: str) -> None:
        if self.crew.kill(whom):
            self.done.append(kill)
        else:
            self.kills += (replace(kill, nth=self.seen[kill.moment] + 1),)

    def _strike_later(self, kill: Kill, whom: str) -> None:
        async def wait_and_strike() -> None:
            await asyncio.sleep(kill.delay)
            self._strike(kill, whom)

        task = asyncio.create_task(wait_and_strike())
        self._later.add(task)
        task.add_done_callback(self._later.discard)


def _moments(stage: Stage, what: dict[str, Any]) -> list[Moment]:
    if stage == "delivering":
        submitted = (what.get("payload") or {}).get("type") == SUBMISSION
        return [Moment.IN_SUBMISSION] if submitted else []
    if stage not in {"before", "after"}:
        return []
    if stage == "before":
        posts = [Moment.BEFORE_POST] if what.get("method") == POSTS else []
        return [*posts, Moment.BEFORE_CALL]
    return [*_posted(what), Moment.AFTER_CALL]


def _posted(what: dict[str, Any]) -> list[Moment]:
    if what.get("method") != POSTS:
        return []
    digest = (what.get("args") or {}).get("channel") == BOARD_ID
    return [Moment.AFTER_POST, *([Moment.MID_DIGEST] if digest else [])]
