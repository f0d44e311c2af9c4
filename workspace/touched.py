"""Which messages were said, changed or taken away since somebody last looked.

Owns the count of changes; holds no message.
"""

from dataclasses import dataclass, field
from secrets import token_hex


@dataclass(slots=True)
class Touched:
    """The turn at which each message last changed, by channel and ts.

    Marks of another run mean nothing here: ``run`` is never given twice.
    """

    run: str = field(default_factory=lambda: token_hex(8))
    turn: int = 0
    _turns: dict[str, dict[str, int]] = field(default_factory=dict)

    def touch(self, channel: str, *messages: str | None) -> None:
        """Note that these messages are not as they were."""
        self.turn += 1
        held = self._turns.setdefault(channel, {})
        held.update((ts, self.turn) for ts in messages if ts is not None)

    @property
    def mark(self) -> str:
        """What to ask with later for all that changes from now on."""
        return f"{self.run}.{self.turn}"

    def since(self, channel: str, mark: str) -> set[str] | None:
        """Give the messages that changed after a mark; None where the mark means nothing."""
        run, _, turn = mark.partition(".")
        if run != self.run or not turn.isdecimal():
            return None
        return {ts for ts, at in self._turns.get(channel, {}).items() if at > int(turn)}
