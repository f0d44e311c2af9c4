"""Faults by seed: which call and which delivery goes wrong, and how.

Owns the drawing. A draw hangs on the seed, the kind of fault, the method or delivery and how
often that came before, and on nothing else: the same calls have the same faults in every run.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from workspace.log import Fault, Stage
from workspace.mishaps import Copy, Mishap
from workspace.wire import Json


class FaultKind(StrEnum):
    """What can go wrong, named as the plan's rates are."""

    LATENCY = "latency"
    RATELIMITED = "ratelimited"
    ERROR_BEFORE = "error_before"
    ERROR_AFTER = "error_after"
    LOST_REPLY = "lost_reply"
    LOST_REQUEST = "lost_request"
    CUT_SOCKET = "cut_socket"
    DUPLICATED = "duplicated"
    REORDERED = "reordered"
    UNACKED = "unacked"


MOST_COPIES = 4
"""A duplicated delivery arrives two to five times."""
ERRORS_BEFORE = (
    Fault(status=500),
    Fault(status=503),
    Fault(error="internal_error"),
    Fault(status=503, error="service_unavailable"),
)
ERRORS_AFTER = (
    Fault(status=500),
    Fault(status=502),
    Fault(error="fatal_error"),
    Fault(error="internal_error"),
)


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """How often each kind of fault happens, from 0 to 1, drawn with ``seed``.

    Calls: ``latency`` delays the request or the answer, ``ratelimited`` answers 429,
    ``error_before`` and ``lost_request`` leave a call undone, ``error_after`` and
    ``lost_reply`` spoil the answer to one that was done. Deliveries: ``cut_socket`` (sockets
    only), ``duplicated``, ``reordered``, ``unacked``. ``longest_delay`` and ``longest_hold``
    are real seconds, ``longest_retry_after`` the seconds a 429 asks for at most. ``methods``
    are names of methods, or of families such as ``chat.*``.

    Raises :class:`ValueError` for a rate that is none.
    """

    seed: int
    latency: float = 0.0
    ratelimited: float = 0.0
    error_before: float = 0.0
    error_after: float = 0.0
    lost_reply: float = 0.0
    lost_request: float = 0.0
    cut_socket: float = 0.0
    duplicated: float = 0.0
    reordered: float = 0.0
    unacked: float = 0.0
    longest_delay: float = 0.1
    longest_retry_after: int = 3
    longest_hold: float = 0.1
    methods: frozenset[str] = frozenset({"chat.*", "conversations.*", "views.*"})

    def __post_init__(self) -> None:
        """Refuse rates outside 0 and 1."""
        for kind in FaultKind:
            if not 0 <= self.rate(kind) <= 1:
                raise ValueError(f"{kind}: {self.rate(kind)} is not between 0 and 1")

    def rate(self, kind: FaultKind) -> float:
        """Tell how often a kind happens."""
        return float(getattr(self, kind))

    def covers(self, method: str) -> bool:
        """Tell whether calls of a method go wrong."""
        return method in self.methods or f"{method.partition('.')[0]}.*" in self.methods


@dataclass(slots=True)
class Faults:
    """A plan at work. ``done`` counts every fault that happened, by kind."""

    plan: FaultPlan
    done: Counter[str] = field(default_factory=Counter)

    async def __call__(self, stage: Stage, what: Json) -> Fault | None:
        """Spoil a call at stage "before" or "after"; deliveries go wrong by :meth:`mishap`."""
        if "method" not in what or not self.plan.covers(what["method"]):
            return None
        spoilt = self._undone(what) if stage == "before" else self._done(what)
        delay = self._delay(stage, what)
        if spoilt is None and not delay:
            return None
        return replace(spoilt or Fault(), delay=delay)

    def mishap(self, name: str, nth: int, *, on_socket: bool) -> Mishap:
        """Say what goes wrong with the n-th delivery of a name."""
        copies = self._dice(FaultKind.DUPLICATED, name, nth)
        hold = self._dice(FaultKind.REORDERED, name, nth)
        cut = self._dice(FaultKind.CUT_SOCKET, name, nth) if on_socket else None
        return Mishap(
            copies=_copies(copies) if copies else (),
            hold=self.plan.longest_hold if hold else 0.0,
            cut=cut.choice(("before", "after")) if cut else None,
            unacked=self._dice(FaultKind.UNACKED, name, nth) is not None,
        )

    def did(self, kind: str) -> None:
        """Count one fault that happened."""
        self.done[kind] += 1

    def _undone(self, what: Json) -> Fault | None:
        return self._first(
            what,
            {
                FaultKind.LOST_REQUEST: lambda _: Fault(drop=True),
                FaultKind.RATELIMITED: self._slow,
                FaultKind.ERROR_BEFORE: lambda dice: dice.choice(ERRORS_BEFORE),
            },
        )

    def _done(self, what: Json) -> Fault | None:
        """Spoil the answer to what was done; a refusal did nothing and stays as it is."""
        if not what["answer"]["ok"]:
            return None
        return self._first(
            what,
            {
                FaultKind.LOST_REPLY: lambda _: Fault(drop=True),
                FaultKind.ERROR_AFTER: lambda dice: dice.choice(ERRORS_AFTER),
            },
        )

    def _first(
        self, what: Json, kinds: dict[FaultKind, Callable[[random.Random], Fault]]
    ) -> Fault | None:
        for kind, makes in kinds.items():
            dice = self._dice(kind, what["method"], what["nth"])
            if dice is not None:
                self.did(kind)
                return makes(dice)
        return None

    def _slow(self, dice: random.Random) -> Fault:
        seconds = dice.randint(1, self.plan.longest_retry_after)
        return Fault(status=429, error="ratelimited", retry_after=seconds)

    def _delay(self, stage: Stage, what: Json) -> float:
        """Give the delay of a call, which is either its request's or its answer's."""
        dice = self._dice(FaultKind.LATENCY, what["method"], what["nth"])
        if dice is None or dice.choice(("before", "after")) != stage:
            return 0.0
        self.did(FaultKind.LATENCY)
        return dice.uniform(0, self.plan.longest_delay)

    def _dice(self, kind: FaultKind, name: str, nth: int) -> random.Random | None:
        """Give the dice of a fault that happens, None for one that does not."""
        dice = random.Random(f"{self.plan.seed}/{kind}/{name}/{nth}")  # noqa: S311 - no secret
        return dice if dice.random() < self.plan.rate(kind) else None


def _copies(dice: random.Random) -> tuple[Copy, ...]:
    count = dice.randint(1, MOST_COPIES)
    flips = (False, True)
    return tuple(Copy(dice.choice(flips), dice.choice(flips)) for _ in range(count))
