"""Names and numbers of what forms refer to: a block by code, a target by reference.

It owns finding one for the other. People are known by their label where only one has it, and
otherwise by their Slack member id.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, select

from store.importing.registers.cells import tidy
from store.tables import Block, KindRow, Partnership, Person, Target

KEYED = {
    "kind": ("kinds", "code"),
    "block": ("blocks", "code"),
    "partnership": ("partnerships", "code"),
    "target": ("target_facts", "ref"),
    "person": ("people", "slack_user_id"),
}
"""What can be referred to: the form that holds it, and the column of its name."""


@dataclass(slots=True)
class Names:
    """Numbers by name for each kind of thing, and `labels` of people by Slack member id."""

    numbers: dict[str, dict[str, int | str]]
    labels: dict[str, str] = field(default_factory=dict)
    _names: dict[str, dict[int | str, str]] = field(default_factory=dict)

    def number(self, kind: str, name: str) -> int | str:
        """What a row that refers to it holds."""
        return self.numbers[kind][name]

    def name(self, kind: str, number: int | str) -> str:
        """The name of what a row refers to."""
        if kind not in self._names:
            self._names[kind] = {one: name for name, one in self.numbers[kind].items()}
        return self._names[kind][number]

    def learn(self, kind: str, name: str, number: int | str) -> None:
        """Note the number of something new."""
        self.numbers[kind][name] = number


def read_names(session: Session) -> Names:
    """The names of everything in the records; five statements."""
    people = session.exec(select(Person.slack_user_id, Person.id, Person.label)).all()
    return Names(
        {
            "kind": {code: code for code in session.exec(select(KindRow.code))},
            "block": _by_name(session.exec(select(Block.code, Block.id)).all()),
            "partnership": _by_name(session.exec(select(Partnership.code, Partnership.id)).all()),
            "target": _by_name(session.exec(select(Target.ref, Target.id)).all()),
            "person": {slack_id: number or 0 for slack_id, number, _ in people},
        },
        {slack_id: tidy(label) for slack_id, _, label in people},
    )


def spoken(labels: Mapping[str, str]) -> dict[str, str]:
    """What each person is called in a file, by Slack member id."""
    counted = Counter(label for label in labels.values())
    return {
        slack_id: label if counted[label] == 1 and label and label not in labels else slack_id
        for slack_id, label in labels.items()
    }


def _by_name(rows: Iterable[tuple[str, int | None]]) -> dict[str, int | str]:
    return {name: number or 0 for name, number in rows}
