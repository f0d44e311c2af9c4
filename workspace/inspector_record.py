"""Every call and delivery as the inspector shows it, with how it ended, in words.

Owns the bounded record and searching it. What is kept was written down when it happened: what
changes later changes nothing here. Secrets are taken out before anything is kept.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, Self

KEPT = 5_000
"""Entries kept before the oldest are let go."""
LONGEST = 200_000
"""Characters kept of one payload or answer; more is cut, and the cut is told."""
MOST_HELD = 20_000_000
"""Characters of payloads and answers kept altogether before the oldest entries are let go."""
SHOWN = 100
"""Entries given at a time."""
HIDDEN = "(hidden)"
TOKENS = re.compile(r"\bx(?:ox[a-z]|app)-[\w.-]+")
NAMED = re.compile(r'("(?:token|ticket|client_secret|signing_secret)": ")(?:[^"\\]|\\.)*"')
TICKET = re.compile(r"(ticket=)[\w.-]+")
TELLING_LENGTH = 12
"""A shorter secret is an everyday word, and is no secret."""

Kind = Literal["call", "delivery"]
Level = Literal["waiting", "fine", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call of the app, or one delivery to it.

    ``at`` is the workspace's time, ``ms`` the real milliseconds it took, None while it is under
    way. ``payload`` and ``answer`` are JSON. ``turn`` counts every change of the record.
    ``folded`` is all of it in small letters, to be searched.
    """

    number: int
    turn: int
    at: datetime
    kind: Kind
    name: str
    about: str
    payload: str
    answer: str | None = None
    ms: float | None = None
    level: Level = "waiting"
    says: str = "Under way"
    folded: str = ""

    def kept(self, turn: int) -> Self:
        """Give it as kept at a turn, made ready for searching once for all."""
        text = "\n".join((self.name, self.about, self.says, self.payload, self.answer or ""))
        return replace(self, turn=turn, folded=text.casefold())

    @property
    def size(self) -> int:
        """How many characters of payload and answer it holds."""
        return len(self.payload) + len(self.answer or "")

    def holds(self, words: list[str]) -> bool:
        """Tell whether every word stands somewhere in it, however it is written."""
        return all(word in self.folded for word in words)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see; what is empty asks for nothing."""

    words: str = ""
    kind: str = ""
    name: str = ""
    level: str = ""

    def wants(self, exchange: Exchange) -> bool:
        """Tell whether an entry is among what is asked for."""
        exact = ((self.kind, exchange.kind), (self.name, exchange.name))
        if any(wanted and wanted != had for wanted, had in exact):
            return False
        if self.level and exchange.level not in self.level.split(","):
            return False
        return exchange.holds(self.words.casefold().split())


@dataclass(slots=True)
class Opened:
    """An entry under way. Said twice, the last word stands."""

    began: float
    answer: object = None
    level: Level = "error"
    says: str = "Broken off before the answer"

    @property
    def ms(self) -> float:
        """How long it has taken so far, in real milliseconds."""
        return (asyncio.get_running_loop().time() - self.began) * 1000

    def ends(self, level: Level, says: str, answer: object = None) -> None:
        """Say how it ended."""
        self.level, self.says, self.answer = level, says, answer


@dataclass(slots=True)
class Record:
    """The last entries, oldest first, and those who want to know of a change.

    ``began`` is the turn at which everything before was forgotten.
    """

    secrets: tuple[str, ...] = ()
    held: dict[int, Exchange] = field(default_factory=dict)
    listeners: list[Callable[[], None]] = field(default_factory=list)
    turn: int = 0
    began: int = 0
    _number: int = 0
    _size: int = 0

    @contextmanager
    def entry(
        self, at: datetime, kind: Kind, name: str, about: str, payload: object
    ) -> Iterator[Opened]:
        """Keep an entry for as long as something takes, and then how it ended."""
        self._number += 1
        number = self._number
        text = self._written(payload)
        self._keep(Exchange(number, 0, at, kind, name, self._hidden(about), text))
        opened = Opened(asyncio.get_running_loop().time())
        try:
            yield opened
        finally:
            self._end(number, opened)

    def _end(self, number: int, opened: Opened) -> None:
        exchange = self.held.get(number)
        if exchange is None:
            return
        answer = None if opened.answer is None else self._written(opened.answer)
        says = self._hidden(opened.says)
        self._keep(replace(exchange, answer=answer, ms=opened.ms, level=opened.level, says=says))

    def _keep(self, exchange: Exchange) -> None:
        self.turn += 1
        before = self.held.get(exchange.number)
        self._size += exchange.size - (before.size if before is not None else 0)
        self.held[exchange.number] = exchange.kept(self.turn)
        while len(self.held) > KEPT or self._size > MOST_HELD:
            self._size -= self.held.pop(next(iter(self.held))).size
        self.changed()

    def clear(self) -> None:
        """Forget everything; numbers go on."""
        self.turn += 1
        self.began = self.turn
        self.held.clear()
        self._size = 0
        self.changed()

    def changed(self) -> None:
        """Wake those who want to know."""
        for listener in tuple(self.listeners):
            listener()

    def newest(self, asked: Asked, *, before: int | None = None) -> tuple[list[Exchange], bool]:
        """Give the last of what is asked for, oldest first, and whether there is more."""
        found: list[Exchange] = []
        for exchange in reversed(self.held.values()):
            if (before is None or exchange.number < before) and asked.wants(exchange):
                found.append(exchange)
            if len(found) > SHOWN:
                break
        return found[:SHOWN][::-1], len(found) > SHOWN

    def since(self, asked: Asked, turn: int) -> tuple[list[Exchange], list[int]]:
        """Give what came or changed after a turn: what is asked for, and numbers of the rest."""
        new = [e for e in self.held.values() if e.turn > turn]
        wanted = [e for e in new if asked.wants(e)]
        among = {e.number for e in wanted}
        return wanted, [e.number for e in new if e.number not in among]

    def names(self) -> list[str]:
        """List the methods and deliveries met so far."""
        return sorted({exchange.name for exchange in self.held.values()})

    def _written(self, value: object) -> str:
        text = self._hidden(json.dumps(value, ensure_ascii=False, default=str))
        left = len(text) - LONGEST
        return text if left <= 0 else f"{text[:LONGEST]} … and {left:,} characters more"

    def _hidden(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        text = NAMED.sub(rf'\1{HIDDEN}"', text)
        return TICKET.sub(rf"\1{HIDDEN}", TOKENS.sub(HIDDEN, text))


def telling(*secrets: str) -> tuple[str, ...]:
    """Give the secrets that would be known for such, the longest first."""
    long = {one for one in secrets if len(one) >= TELLING_LENGTH}
    return tuple(sorted(long, key=len, reverse=True))
