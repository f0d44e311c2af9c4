"""The crew: every process of one bot, steered together, and started again when it was killed.

It owns which process there is for what. Alone, one answers and works; with workers, it only
answers. It must not choose whom to kill, nor when (`bot/rehearsal/kills.py`).
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.rehearsal.nursery import BotDiedError, Settled, SteeredBot

ROUNDS = 50
"""How often the crew is asked to settle before something must be wrong."""
Answer = Settled | BotDiedError


class NeverQuietError(RuntimeError):
    """The processes end again and again, or find no end of things to do."""


@dataclass
class Crew:
    """One bot's processes by name; the one that answers people comes first.

    `settling` is called whenever they are asked to do what is due. `longest_recovery` is in
    real seconds, from asking until all was done although one was killed.
    """

    members: dict[str, SteeredBot]
    settling: Callable[[], None] | None = None
    restarts: int = 0
    longest_recovery: float = 0.0
    _doomed: set[str] = field(default_factory=set)

    @property
    def answering(self) -> str:
        """The name of the process that answers people."""
        return next(iter(self.members))

    async def start(self) -> None:
        """Start all of them at once. Raises `BotDiedError`."""
        await asyncio.gather(*(self._start(name) for name in self.members))

    async def settle(self) -> Settled:
        """Let all of them do everything due now, again where one was killed meanwhile.

        Raises `BotDiedError` when one ends that nobody killed.
        """
        asked = asyncio.get_running_loop().time()
        for round_ in range(ROUNDS):
            if self.settling is not None:
                self.settling()
            found = await self._ask()
            dead = {name: one for name, one in found.items() if isinstance(one, BotDiedError)}
            if not dead:
                if round_:
                    self._recovered(asked)
                return _earliest(one for one in found.values() if isinstance(one, Settled))
            await asyncio.gather(*(self._bury(name, why) for name, why in dead.items()))
            await asyncio.gather(*(self._start(name) for name in dead))
        raise NeverQuietError(f"The bot was not quiet after {ROUNDS} rounds.")

    def kill(self, name: str) -> bool:
        """End a process with SIGKILL. False when it does not run, or has its kill already."""
        if name in self._doomed or not self.members[name].kill():
            return False
        self._doomed.add(name)
        return True

    def called(self, agent: str) -> str:
        """The name of the process that calls Slack as `agent`; where unsaid, who answers."""
        words = agent.split()
        return next((name for name in self.members if name in words), self.answering)

    async def stop(self) -> None:
        """Let all of them end."""
        await asyncio.gather(*(bot.stop() for bot in self.members.values()))

    async def _ask(self) -> dict[str, Answer]:
        answers = await asyncio.gather(*(_settle(bot) for bot in self.members.values()))
        return dict(zip(self.members, answers, strict=True))

    def _recovered(self, asked: float) -> None:
        seconds = asyncio.get_running_loop().time() - asked
        self.longest_recovery = max(self.longest_recovery, seconds)

    async def _bury(self, name: str, why: BotDiedError) -> None:
        if name not in self._doomed:
            raise why
        await self.members[name].gone()
        self._doomed.discard(name)
        self.restarts += 1

    async def _start(self, name: str) -> None:
        """Start a process, again where its start is cut short by the next kill."""
        for _ in range(ROUNDS):
            try:
                await self.members[name].start()
            except BotDiedError as died:
                await self._bury(name, died)
            else:
                return
        raise NeverQuietError(f"{name} did not start in {ROUNDS} tries.")


async def _settle(bot: SteeredBot) -> Answer:
    try:
        return await bot.settle()
    except BotDiedError as died:
        return died


def _earliest(settled: Iterable[Settled]) -> Settled:
    every = tuple(settled)
    return Settled(_first(one.sending for one in every), _first(one.stage for one in every))


def _first(instants: Iterable[datetime | None]) -> datetime | None:
    return min((instant for instant in instants if instant is not None), default=None)
