"""What stands in the records, form by form, as the same facts that a file says.

It owns reading rows as facts, so that a file can be compared with them and written from them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from store.importing.registers.cells import tidy
from store.importing.registers.columns import Column, Facts, Value
from store.importing.registers.form import Form
from store.importing.registers.names import Names
from store.importing.registers.special import NEVER
from store.importing.registers.target_forms import PROXIES, PROXY_MILESTONES, TARGETS
from store.tables import ProxyMeasure, TargetLink

AGAIN, LINKED = "again", "linked_targets"
Key = tuple[Value, ...]


@dataclass(slots=True)
class Standing:
    """The rows of a form and their facts, by key, in the order they were made."""

    rows: dict[Key, Any] = field(default_factory=dict)
    facts: dict[Key, Facts] = field(default_factory=dict)


def key_of(form: Form, facts: Facts) -> Key:
    """What tells a row from the others of its form."""
    again = (facts.get(AGAIN),) if form.again else ()
    return (*(facts.get(name) for name in form.key), *again)


def standing(session: Session, form: Form, names: Names) -> Standing:
    """What stands of a form; one statement, and one more for links or proxies."""
    found = Standing()
    seen: dict[Key, int] = defaultdict(int)
    beside = _beside(session, form, names)
    for row in session.exec(_in_order(form)):
        facts = _facts(form, row, names, beside)
        if form.again and AGAIN not in facts:
            base = tuple(facts[name] for name in form.key)
            seen[base] += 1
            facts[AGAIN] = seen[base] if seen[base] > 1 else None
        key = key_of(form, facts)
        found.rows[key], found.facts[key] = row, facts
    return found


def _in_order(form: Form) -> Any:  # noqa: ANN401  # a query over a table that is data
    primary = [column.name for column in form.table.__table__.primary_key]  # type: ignore[attr-defined]  # SQLModel hides it
    return select(form.table).order_by(*(col(getattr(form.table, name)) for name in primary))


def _facts(form: Form, row: SQLModel, names: Names, beside: dict[int, Facts]) -> Facts:
    extra = beside.get(_owner(form, row), {})
    return (
        {
            column.name: _fact(column, row, names)
            for column in form.columns
            if column.name not in {AGAIN, LINKED} and hasattr(row, column.kept_as)
        }
        | {name: value for name, value in extra.items() if name in form.by_name}
        | _no_links(form, extra)
    )


def _no_links(form: Form, extra: Facts) -> Facts:
    return {LINKED: ()} if form is TARGETS and LINKED not in extra else {}


def _owner(form: Form, row: Any) -> int:  # noqa: ANN401  # a row of any of the tables
    return int(row.proxy_id) if form is PROXY_MILESTONES else int(getattr(row, "id", 0) or 0)


def _fact(column: Column, row: SQLModel, names: Names) -> Value:
    value = getattr(row, column.kept_as)
    if column.refers:
        return None if value is None else names.name(column.refers, value)
    if column.joined_by:
        parts = (tidy(part) for part in (value or "").replace(";", ",").split(column.joined_by))
        return tuple(part for part in parts if part and part != NEVER)
    if type(value) is str:
        return tidy(value)
    found: Value = value
    return found


def _beside(session: Session, form: Form, names: Names) -> dict[int, Facts]:
    """Facts that stand in another table, by the number of the row they belong to."""
    if form is TARGETS:
        return _links(session, names)
    if form is PROXY_MILESTONES:
        return _proxies(session, names)
    return {}


def _links(session: Session, names: Names) -> dict[int, Facts]:
    linked: dict[int, list[str]] = defaultdict(list)
    for link in session.exec(select(TargetLink)):
        linked[link.target_id].append(names.name("target", link.linked_id))
        linked[link.linked_id].append(names.name("target", link.target_id))
    return {number: {LINKED: tuple(sorted(refs))} for number, refs in linked.items()}


def _proxies(session: Session, names: Names) -> dict[int, Facts]:
    found = standing(session, PROXIES, names)
    return {
        row.id or 0: {
            "target": found.facts[key]["target"],
            "proxy": found.facts[key]["title"],
            AGAIN: found.facts[key][AGAIN],
        }
        for key, row in _of_proxies(found.rows.items())
    }


def _of_proxies(rows: Iterable[tuple[Key, Any]]) -> Iterator[tuple[Key, ProxyMeasure]]:
    yield from rows
