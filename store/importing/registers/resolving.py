"""Lines of a file beside the records: what they refer to is found, and figures get their units.

It owns what is known by name, in the records and in the same file. A name that stands in
neither is a fault at its cell.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlmodel import Session, select

from rules.figures import Unit
from rules.vocabulary import ToleranceMode
from store.importing.registers.columns import Column, Facts, Value
from store.importing.registers.names import KEYED, Names
from store.importing.registers.organisation_forms import PEOPLE
from store.importing.registers.reading import Line
from store.importing.registers.standing import AGAIN
from store.importing.registers.target_forms import PROXIES, PROXY_MILESTONES, TARGETS
from store.tables import ProxyMeasure, Target

NOUNS = {
    "kind": "kind of target",
    "block": "block",
    "partnership": "partnership",
    "target": "target",
    "person": "person",
}
Measure = tuple[str, ToleranceMode]


@dataclass(slots=True)
class Known:
    """Names that may be referred to, people by what they are called, units of measures."""

    names: dict[str, set[str]]
    called: dict[str, set[str]]
    targets: dict[Value, Measure] = field(default_factory=dict)
    proxies: dict[tuple[Value, ...], Measure] = field(default_factory=dict)

    def resolved(self, line: Line) -> Line:
        """The line with its references as the records name them, and its figures read."""
        waiting = [column for column in line.form.columns if column.waits]
        given: Facts = dict(line.given)
        for column in waiting:
            if column.refers and given.get(column.name):
                given[column.name] = self._found(column, line)
        unit = Unit(self.measure_of(line, given)[0])
        for column in waiting:
            if column.in_unit and given.get(column.name):
                given[column.name] = line.row.figure(column.name, unit)
        return replace(line, given=given)

    def measure_of(self, line: Line, given: Facts) -> Measure:
        """The unit and the kind of tolerance of what a line measures."""
        usual = ("", ToleranceMode.PERCENT)
        if line.form is PROXY_MILESTONES:
            key = (given.get("target"), given.get("proxy"), given.get(AGAIN))
            return self.proxies.get(key, usual)
        return self.targets.get(given.get("ref" if line.form is TARGETS else "target"), usual)

    def _found(self, column: Column, line: Line) -> Value:
        written = line.given[column.name]
        if isinstance(written, tuple):
            return tuple(sorted(name for one in written if (name := self._one(column, line, one))))
        return self._one(column, line, str(written))

    def _one(self, column: Column, line: Line, written: str) -> str | None:
        kind = column.refers
        if written in self.names[kind]:
            return written
        people = self.called.get(written, set()) if kind == "person" else set()
        if len(people) == 1:
            return next(iter(people))
        if people:
            reason = f"{len(people)} people are called “{written}”. Write the Slack member id."
        else:
            noun = NOUNS[kind]
            reason = f"There is no {noun} “{written}”. Correct it, or add the {noun}."
        line.row.fault(column.name, reason)
        return None


def known(session: Session, names: Names, lines: Iterable[Line]) -> Known:
    """What the records and the file's own lines know."""
    by_kind: dict[str, set[str]] = {kind: set(found) for kind, found in names.numbers.items()}
    labels = dict(names.labels)
    found = Known(by_kind, {})
    _learn_measures(session, names, found)
    holding = {form: (kind, column) for kind, (form, column) in KEYED.items()}
    for line in lines:
        kind, column = holding.get(line.form.name, ("", ""))
        if kind and line.given.get(column):
            by_kind[kind].add(str(line.given[column]))
        if line.form is PEOPLE and line.given.get("label"):
            labels[str(line.given["slack_user_id"])] = str(line.given["label"])
        _learn_measure(found, line)
    called: dict[str, set[str]] = defaultdict(set)
    for slack_id, label in labels.items():
        called[label].add(slack_id)
    found.called.update(called)
    return found


def _learn_measures(session: Session, names: Names, found: Known) -> None:
    for ref, unit, mode in session.exec(select(Target.ref, Target.unit, Target.tolerance_mode)):
        found.targets[ref] = unit, ToleranceMode(mode)
    counted: dict[tuple[Value, ...], int] = defaultdict(int)
    for row in session.exec(select(ProxyMeasure).order_by("id")):
        base = (names.name("target", row.target_id), row.title)
        counted[base] += 1
        again = counted[base] if counted[base] > 1 else None
        found.proxies[*base, again] = row.unit, row.tolerance_mode


def _learn_measure(found: Known, line: Line) -> None:
    given = line.given
    if line.form is TARGETS:
        ref = given.get("ref")
        found.targets[ref] = _measure(given, found.targets.get(ref))
    if line.form is PROXIES:
        key = (given.get("target"), given.get("title"), given.get(AGAIN))
        found.proxies[key] = _measure(given, found.proxies.get(key))


def _measure(given: Facts, before: Measure | None) -> Measure:
    unit, mode = before or ("", ToleranceMode.PERCENT)
    said = given.get("tolerance_mode", mode)
    return str(given.get("unit", unit)), said if isinstance(said, ToleranceMode) else mode
