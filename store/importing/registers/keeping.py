"""A plan is kept: rows added and changed in the caller's transaction, each with its audit.

It owns turning facts into rows. Dates of quarters are not kept here: whoever was told of them
must hear, and that is a flow's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, insert

from rules.quarters import Quarter
from rules.vocabulary import RoleScope
from store import audit
from store.importing.ledger import RULE, Ledger
from store.importing.loading import load_kinds
from store.importing.registers.columns import Column, Facts, Value
from store.importing.registers.form import Form
from store.importing.registers.names import KEYED, read_names
from store.importing.registers.organisation_forms import PEOPLE, ROLES
from store.importing.registers.plan import Change, Plan
from store.importing.registers.quarter_forms import ACTIONS, CALENDAR, NOTES, RISKS
from store.importing.registers.special import NEVER
from store.importing.registers.standing import AGAIN, LINKED, standing
from store.importing.registers.target_forms import PROXIES, PROXY_MILESTONES, TARGETS
from store.tables import ActionUpdateRow, TargetLink

LONGEST_SUBJECT = 200
_REFERRED_TO = frozenset(form for form, _ in KEYED.values())
_STATE = frozenset({"state", "update_note", "updated_in"})


@dataclass(slots=True)
class Keeper:
    """One plan being kept. `reporting` is the quarter in which an action's news is noted.

    `by` is the person who keeps it, or none for a command.
    """

    session: Session
    plan: Plan
    by: int | None
    now: datetime
    reporting: Quarter
    entries: list[audit.Entry] = field(default_factory=list)

    def keep(self) -> None:
        """Keep every change but those of the calendar, what is referred to first."""
        if self.plan.usual_kinds:
            load_kinds(Ledger(self.session, self.now, self.by, 0))
        for form in self.plan.forms:
            if form is not CALENDAR:
                self._keep_form(form)
        audit.record_all(self.session, self.entries, at=self.now, actor=self.by, rule=RULE)

    def _keep_form(self, form: Form) -> None:
        changes = self.plan.of(form)
        proxies = self._proxies(form)
        for change in changes:
            if change.before is not None:
                self._change(change, proxies)
        # One holder at a time: the old one goes before the new one comes.
        self.session.flush()
        self._add(form, [change for change in changes if change.before is None], proxies)
        if form is TARGETS:
            self._link(changes)

    def _add(self, form: Form, added: list[Change], proxies: dict[Any, int]) -> None:
        if not added:
            return
        self.session.execute(insert(form.table), [self._row(one, proxies) for one in added])
        if form.name in _REFERRED_TO:
            self.plan.names.numbers.update(read_names(self.session).numbers)
        for change in added:
            self._note("added", change, None, _plain(change.after))

    def _change(self, change: Change, proxies: dict[Any, int]) -> None:
        row = self.plan.standing[change.form.name].rows[change.key]
        values = self._attributes(change, proxies)
        before = {name: getattr(row, name) for name in values}
        differing = {name: value for name, value in values.items() if value != before[name]}
        for name, value in differing.items():
            setattr(row, name, value)
        if change.form is ACTIONS:
            self._say_news(change, row)
        self.session.add(row)
        self._note("changed", change, {name: before[name] for name in differing}, differing)

    def _say_news(self, change: Change, row: Any) -> None:  # noqa: ANN401  # a row of the actions
        if not _STATE & set(change.differing):
            return
        if "updated_in" not in change.line.given:
            row.updated_in = self.reporting
        news = ActionUpdateRow(
            action_id=row.id,
            quarter=row.updated_in or self.reporting,
            state=row.state,
            text=row.update_note if "update_note" in change.differing else "",
            author_id=self.by,
            at=self.now,
        )
        self.session.add(news)

    def _row(self, change: Change, proxies: dict[Any, int]) -> dict[str, Any]:
        make = _MADE.get(change.form.name)
        made = make(self) if make else {}
        row = change.form.table(**self._attributes(change, proxies, whole=True), **made)
        values = {name: getattr(row, name) for name in change.form.table.model_fields}
        return {name: value for name, value in values.items() if name != "id" or value is not None}

    def _attributes(
        self, change: Change, proxies: dict[Any, int], *, whole: bool = False
    ) -> dict[str, Any]:
        """The table's values: all of a new row, or those that differ."""
        facts = change.after
        wanted = set(facts) if whole else set(change.differing)
        values = {
            column.kept_as: self._value(column, facts[column.name])
            for column in change.form.columns
            if column.name in wanted and column.name not in {AGAIN, LINKED}
        }
        if change.form is PROXY_MILESTONES:
            del values["target"], values["proxy"]
            values["proxy_id"] = proxies[facts["target"], facts["proxy"], facts[AGAIN]]
        if change.form is ROLES and whole:
            values["scope"] = _scope(facts)
        return values

    def _value(self, column: Column, value: Value) -> object:
        if column.refers and isinstance(value, str):
            return self.plan.names.number(column.refers, value)
        if column.joined_by and isinstance(value, tuple):
            empty = NEVER if column.empty else ""
            return column.joined_by.join(value) or empty
        return value

    def _proxies(self, form: Form) -> dict[Any, int]:
        if form is not PROXY_MILESTONES:
            return {}
        found = standing(self.session, PROXIES, self.plan.names)
        return {key: row.id for key, row in found.rows.items()}

    def _note(self, what: str, change: Change, before: object, after: object) -> None:
        form = change.form
        subject = self.plan.words_of(form, change.key)
        if form is PEOPLE:
            # Label and account stand in the row alone, and go with it.
            subject, before, after = f"person {self._person(change.key[0])}", None, None
        elif form is ROLES:
            facts = change.after
            person = self._person(facts["person"])
            subject = _place(facts)
            after = {"person": person, "starts": facts["starts"], "ends": facts["ends"]}
        if len(subject) > LONGEST_SUBJECT:
            subject = f"{subject[: LONGEST_SUBJECT - 1]}…"
        self.entries.append(audit.Entry(f"{form.one} {what}", subject, before, after))

    def _person(self, slack_id: Value) -> int | str:
        return self.plan.names.number("person", str(slack_id))

    def _link(self, changes: list[Change]) -> None:
        numbers = self.plan.names.numbers["target"]
        new: set[tuple[int, int]] = set()
        gone: set[tuple[int, int]] = set()
        for change in changes:
            before = set(_linked(change.before))
            after = set(_linked(change.after))
            new |= {_pair(numbers, change, other) for other in after - before}
            gone |= {_pair(numbers, change, other) for other in before - after}
        for small, large in sorted(gone):
            self.session.exec(
                delete(TargetLink).where(
                    col(TargetLink.target_id) == small, col(TargetLink.linked_id) == large
                )
            )
        self.session.add_all(
            TargetLink(target_id=small, linked_id=large) for small, large in sorted(new)
        )
        self.session.flush()


def _linked(facts: Facts | None) -> tuple[str, ...]:
    found = (facts or {}).get(LINKED) or ()
    return found if isinstance(found, tuple) else ()


def _pair(numbers: dict[str, int | str], change: Change, other: str) -> tuple[int, int]:
    small, large = sorted((int(numbers[str(change.key[0])]), int(numbers[other])))
    return small, large


def _place(facts: Facts) -> str:
    over = facts["block"] or facts["partnership"] or facts["target"] or ""
    return f"{facts['role']} {over}".strip()


def _scope(facts: Facts) -> RoleScope:
    for place, scope in (
        ("block", RoleScope.BLOCK),
        ("partnership", RoleScope.PARTNERSHIP),
        ("target", RoleScope.TARGET),
    ):
        if facts[place] is not None:
            return scope
    return RoleScope.NONE


def _plain(facts: Facts) -> Facts:
    """What is said of a new row, without what says nothing."""
    return {name: value for name, value in facts.items() if value not in (None, "", ())}


def _raised(keeper: Keeper) -> dict[str, Any]:
    return {"raised_at": keeper.now, "reviewed_at": keeper.now}


def _noted(keeper: Keeper) -> dict[str, Any]:
    return {"at": keeper.now, "author_id": keeper.by}


_MADE: dict[str, Callable[[Keeper], dict[str, Any]]] = {RISKS.name: _raised, NOTES.name: _noted}
"""What a new row has that its form does not say."""
