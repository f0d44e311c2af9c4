"""The organisation's settings: thresholds, dates and policies that are data (specification †).

It owns reading them over the code's defaults and changing them with an audit entry. Secrets
and channel ids are no organisation facts; those come from the environment.
"""

from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session, select

from rules.calendar import CalendarSettings
from rules.grant import PARTIAL
from rules.quarters import Quarter
from rules.risk import SIGNIFICANT_FROM
from rules.status import MissingDataPolicy
from store import audit
from store.tables import Setting


class SettingRefusedError(ValueError):
    """No such setting, or a value it cannot take; the message says which it can."""


@dataclass(frozen=True, slots=True)
class OrganisationSettings:
    """Every setting with its default.

    `effective_from`: no escalation before this quarter. `significant_risk`: the score from
    which a risk is the board's concern. `partial_factor`: the share of a grant that partial
    means. `programme_loaded_at`: when targets were first imported; windows that opened before
    then are opened by hand.
    """

    calendar: CalendarSettings = field(default_factory=CalendarSettings)
    accept_by_hand: bool = False
    missing_data_policy: MissingDataPolicy = MissingDataPolicy.NO_DATA
    effective_from: Quarter | None = None
    significant_risk: int = SIGNIFICANT_FROM
    partial_factor: Decimal = PARTIAL
    programme_loaded_at: datetime | None = None


NAMES = frozenset(one.name for one in fields(OrganisationSettings))


def read(session: Session) -> OrganisationSettings:
    """The settings as they stand."""
    kept: dict[str, Any] = {
        row.name: _types()[row.name].validate_json(row.value)
        for row in session.exec(select(Setting))
        if row.name in NAMES
    }
    return OrganisationSettings(**kept)


def change(session: Session, name: str, value: object, *, by: int | None, now: datetime) -> None:
    """Change a setting, with an audit entry. Raises `SettingRefusedError`."""
    if name not in NAMES:
        raise SettingRefusedError(
            f"There is no setting “{name}”. The settings are {', '.join(sorted(NAMES))}."
        )
    kept = session.get(Setting, name)
    before = kept.value if kept else None
    row = kept or Setting(name=name, value="", changed_at=now)
    row.value, row.changed_at, row.changed_by = _as_json(name, value), now, by
    session.add(row)
    session.flush()
    if row.value != before:
        audit.record(
            session,
            at=now,
            actor=by,
            rule="" if by else "installation",
            action="change setting",
            subject=name,
            before=before,
            after=row.value,
        )


def _as_json(name: str, value: object) -> str:
    kind = _types()[name]
    try:
        return kind.dump_json(kind.validate_python(value)).decode()
    except (ValidationError, ValueError) as wrong:
        raise SettingRefusedError(f"“{value}” is no value for the setting {name}.") from wrong


@cache
def _types() -> dict[str, TypeAdapter[Any]]:
    return {one.name: TypeAdapter(one.type) for one in fields(OrganisationSettings)}
