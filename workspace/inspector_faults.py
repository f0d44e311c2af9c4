"""Switching faults on and off from the inspector, and saying in words what is on.

Owns the words of each fault and reading what somebody asked for. What a fault does is
``faults``'s.
"""

from dataclasses import replace
from typing import Final, Protocol

from workspace.faults import FaultKind, FaultPlan, Faults
from workspace.wire import Json

LONGEST_DELAY_SECONDS = 10.0
WORDS: Final[dict[FaultKind, tuple[str, str]]] = {
    FaultKind.LATENCY: ("Slow", "A call, or the answer to it, is held up."),
    FaultKind.RATELIMITED: ("Told to wait", "A call is answered 429 with Retry-After."),
    FaultKind.ERROR_BEFORE: ("Error before", "A call fails and nothing of it is done."),
    FaultKind.ERROR_AFTER: ("Error after", "A call is done, and answered with an error."),
    FaultKind.LOST_REPLY: ("Lost answer", "A call is done, and the connection breaks."),
    FaultKind.LOST_REQUEST: ("Lost call", "The connection breaks before a call is done."),
    FaultKind.CUT_SOCKET: ("Closed socket", "The socket that carries a delivery breaks."),
    FaultKind.DUPLICATED: ("Several times", "A delivery arrives two to five times."),
    FaultKind.REORDERED: ("Out of order", "A delivery is overtaken by the next."),
    FaultKind.UNACKED: ("Lost acknowledgement", "What the app answers a delivery is lost."),
}


class FaultsRefusedError(ValueError):
    """What was asked for cannot be switched on; the text says why."""


class Spoilt(Protocol):
    """What the inspector needs of a workspace to let it go wrong."""

    @property
    def faults(self) -> Faults | None:
        """What goes wrong at present."""
        ...

    def spoil(self, plan: FaultPlan) -> Faults:
        """Let calls and deliveries go wrong."""
        ...

    def mend(self) -> None:
        """Let nothing go wrong any more."""
        ...


def in_words(faults: Faults | None) -> str:
    """Say what is on, in one sentence; empty where nothing is."""
    if faults is None:
        return ""
    plan = faults.plan
    rates = {kind: plan.rate(kind) for kind in FaultKind if plan.rate(kind)}
    shares = [f"{WORDS[kind][0].lower()} {rate * 100:.3g}%" for kind, rate in rates.items()]
    return f"Faults are on: {', '.join(shares) or 'none of any kind'} (seed {plan.seed})."


def shown(faults: Faults | None) -> Json:
    """Give every kind with its share in hundredths and how often it happened."""
    plan = faults.plan if faults is not None else FaultPlan(seed=1)
    kinds = [
        {
            "kind": str(kind),
            "name": WORDS[kind][0],
            "about": WORDS[kind][1],
            "share": round(plan.rate(kind) * 100, 2),
            "done": faults.done[kind] if faults is not None else 0,
        }
        for kind in FaultKind
    ]
    return {
        "says": in_words(faults),
        "seed": plan.seed,
        "delay": plan.longest_delay,
        "kinds": kinds,
    }


def switch(workspace: Spoilt, body: Json) -> None:
    """Switch faults off, or on with these shares; raises :class:`FaultsRefusedError`."""
    if body.get("off"):
        workspace.mend()
        return
    shares = body.get("shares")
    if not isinstance(shares, dict) or set(shares) - set(FaultKind):
        raise FaultsRefusedError("Give the share of each kind of fault.")
    rates: Json = {name: _share(name, share) / 100 for name, share in shares.items()}
    if not any(rates.values()):
        raise FaultsRefusedError("Give at least one kind of fault a share above 0.")
    plan = FaultPlan(_seed(body.get("seed", 1)), longest_delay=_delay(body.get("delay")))
    workspace.spoil(replace(plan, **rates))


def _share(name: str, given: object) -> float:
    share = _number(given)
    if share is None or not 0 <= share <= 100:  # noqa: PLR2004 - a share is out of a hundred
        raise FaultsRefusedError(f"{WORDS[FaultKind(name)][0]}: give a share from 0 to 100.")
    return share


def _seed(given: object) -> int:
    seed = _number(given)
    if seed is None or seed != int(seed):
        raise FaultsRefusedError("Give a whole number as the seed.")
    return int(seed)


def _delay(given: object) -> float:
    delay = 0.1 if given is None else _number(given)
    if delay is None or not 0 <= delay <= LONGEST_DELAY_SECONDS:
        raise FaultsRefusedError(f"Give a delay from 0 to {LONGEST_DELAY_SECONDS:g} seconds.")
    return delay


def _number(given: object) -> float | None:
    """Give a finite number, None for anything else."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return float(given) if abs(given) < 1e15 else None  # noqa: PLR2004 - what a float holds exactly
