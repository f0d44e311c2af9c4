"""A file beside the records: what would be new, what would change, and every fault.

It owns the comparison. It changes nothing: the same plan is shown first and kept later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from rules.kinds import LAA_KINDS
from rules.quarters import Quarter
from store.importing.faults import Faults
from store.importing.registers.checks import Checked, check
from store.importing.registers.columns import Facts, Value, as_words
from store.importing.registers.form import Form
from store.importing.registers.names import Names, read_names, spoken
from store.importing.registers.organisation_forms import KINDS
from store.importing.registers.quarter_forms import ACTIONS
from store.importing.registers.reading import Line, Lines
from store.importing.registers.resolving import known
from store.importing.registers.standing import AGAIN, Key, Standing, key_of, standing
from store.importing.registers.target_forms import PROXIES, PROXY_MILESTONES


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is new, where `before` is none, or that differs."""

    form: Form
    key: Key
    line: Line
    before: Facts | None
    after: Facts

    @property
    def differing(self) -> tuple[str, ...]:
        """The columns that differ from what stands."""
        before = self.before or {}
        return tuple(
            column.name
            for column in self.form.columns
            if self.after.get(column.name) != before.get(column.name)
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a file says otherwise than the records, in words."""

    form: str
    name: str
    column: str
    before: str
    after: str


@dataclass(slots=True)
class Plan:
    """What a file would do. `same` counts rows that stand as it says, by form.

    `usual_kinds` where neither the file nor the records have any kind of target yet.
    """

    forms: tuple[Form, ...]
    names: Names
    changes: list[Change] = field(default_factory=list)
    same: dict[str, int] = field(default_factory=dict)
    standing: dict[str, Standing] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
    usual_kinds: bool = False

    def of(self, form: Form) -> list[Change]:
        """The changes of a form, in the order of the file."""
        return [change for change in self.changes if change.form is form]

    def differences(self) -> tuple[Difference, ...]:
        """Everything that would change in rows that stand, cell by cell."""
        return tuple(
            Difference(
                change.form.one,
                self.words_of(change.form, change.key),
                name.replace("_", " "),
                _said((change.before or {}).get(name), self.called),
                _said(change.after[name], self.called),
            )
            for change in self.changes
            if change.before is not None
            for name in change.differing
        )

    def words_of(self, form: Form, key: Key) -> str:
        """A row's key as people say it."""
        return words_of(form, key, self.called)


def _said(value: Value, called: Mapping[str, str]) -> str:
    """A value as people say it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, StrEnum):
        return value.value.replace("_", " ").casefold()
    words = as_words(value)
    return called.get(words, words)


def words_of(form: Form, key: Key, called: Mapping[str, str]) -> str:
    """A row's key as people say it: `LAA1-03 2008/09 Q2`."""
    parts = (
        called.get(as_words(value), as_words(value))
        for _, value in zip(form.key, key, strict=False)
    )
    return " ".join(part for part in parts if part)


def planned(
    session: Session, lines: Lines, faults: Faults, reporting: Quarter, today: date
) -> Plan:
    """What the lines would do, with faults noted for all that cannot be kept.

    `reporting` is the quarter an action is raised in where its file does not say.
    """
    names = read_names(session)
    plan = Plan(lines.forms, names, unread=lines.unread)
    plan.usual_kinds = not names.numbers["kind"] and KINDS not in lines.forms
    if plan.usual_kinds:
        names.numbers["kind"].update({kind.code: kind.code for kind in LAA_KINDS})
    plan.called = spoken(_labels(names, lines))
    beside = known(session, names, lines.lines)
    resolved = [beside.resolved(line) for line in lines.lines]
    for form in lines.forms:
        stands = standing(session, form, names)
        comparison = _Comparison(form, stands, faults, reporting)
        for line in resolved:
            if line.form is form:
                comparison.take(line)
        plan.standing[form.name], plan.same[form.name] = stands, comparison.same
        plan.changes += comparison.changes
        check(form, Checked(session, stands, comparison.taken, beside, today))
        if form is ACTIONS:
            plan.left = _left_out(plan, comparison)
    _need_proxies(session, plan, resolved)
    return plan


def _labels(names: Names, lines: Lines) -> dict[str, str]:
    """What people are called once the file is kept."""
    said = {
        str(line.given["slack_user_id"]): str(line.given["label"])
        for line in lines.lines
        if line.form.name == "people" and line.given.get("label")
    }
    return {**names.labels, **said}


@dataclass(slots=True)
class _Comparison:
    """The lines of one form beside what stands of it."""

    form: Form
    stands: Standing
    faults: Faults
    reporting: Quarter
    changes: list[Change] = field(default_factory=list)
    taken: dict[Key, tuple[Line, Facts, Facts | None]] = field(default_factory=dict)
    same: int = 0

    def take(self, line: Line) -> None:
        form = self.form
        key = key_of(form, line.given)
        if any(form.by_name[name].needed and line.given.get(name) is None for name in form.key):
            return  # its fault is noted; what the row is about cannot be told
        if key in self.taken:
            self._stands_twice(line, self.taken[key][0])
            return
        before = self.stands.facts.get(key)
        after = self._after(line, before)
        self.taken[key] = line, after, before
        if after == before:
            self.same += 1
        else:
            self.changes.append(Change(form, key, line, before, after))

    def _after(self, line: Line, before: Facts | None) -> Facts:
        if before is not None:
            return {**before, **line.given}
        for column in self.form.columns:
            if column.needed and column.name not in line.given:
                line.row.fault(column.name, "This row is new, so this column is needed. Add it.")
        empties: Facts = {column.name: column.empty for column in self.form.columns}
        after = {**empties, **line.given}
        if self.form is ACTIONS and after["raised_in"] is None:
            after["raised_in"] = self.reporting
        return after

    def _stands_twice(self, line: Line, first: Line) -> None:
        more = (
            " If there are really two, write 2 in the column “again” of this row."
            if self.form.again
            else ""
        )
        line.row.fault(
            self.form.key[0],
            f"The same {self.form.one} stands in row {first.row.number} already. Remove one.{more}",
        )


def _need_proxies(session: Session, plan: Plan, lines: Iterable[Line]) -> None:
    changes = plan.of(PROXY_MILESTONES)
    if not changes:
        return
    there: set[tuple[Value, ...]] = set(standing(session, PROXIES, plan.names).facts)
    there |= {key_of(PROXIES, line.given) for line in lines if line.form is PROXIES}
    for change in changes:
        facts = change.after
        if (facts["target"], facts["proxy"], facts[AGAIN]) not in there:
            change.line.row.fault(
                "proxy", f"{facts['target']} has no proxy of this title. Correct it, or add it."
            )


def _left_out(plan: Plan, comparison: _Comparison) -> tuple[str, ...]:
    """Actions in the register that the file leaves out, of targets it speaks of (B18)."""
    spoken_of = {key[0] for key in comparison.taken}
    return tuple(
        plan.words_of(ACTIONS, key)
        for key in comparison.stands.facts
        if key[0] in spoken_of and key not in comparison.taken
    )
