"""Organisation facts that are data: read with the code's defaults, changed with an audit entry.

It owns the names of the settings and how each is written. It must not hold a secret, nor
where the bot runs; those come from the environment.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, select

from rules.calendar import CalendarSettings
from rules.grant import PARTIAL, THRESHOLD
from rules.lights import AMBER_FROM, GREEN_OVER, LightDenominator
from rules.quarters import Quarter, QuarterNotUnderstoodError
from rules.risk import SIGNIFICANT_FROM
from rules.status import MissingDataPolicy
from rules.working_hours import DAY_ENDS, DAY_STARTS
from store import audit
from store.tables import Setting

MOST = 1_000
_STRETCH = re.compile(r"(?P<first>\d{1,4})(?:\s*-\s*(?P<last>\d{1,4}))?", re.ASCII)
MOST_MESSAGES = 8
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class OrganisationSettings:
    """Every setting. `effective_from` is none where events count from the first quarter.

    `indicators` are the numbers of all national indicators, each to be managed by a partnership.
    `day_starts` and `day_ends` are the hours of whoever has said none of their own;
    `most_messages` is how often a lead is asked in a quarter, unless by hand.
    """

    calendar: CalendarSettings = field(default_factory=CalendarSettings)
    accept_by_hand: bool = False
    missing_data_policy: MissingDataPolicy = MissingDataPolicy.NO_DATA
    effective_from: Quarter | None = None
    significant_risk: int = SIGNIFICANT_FROM
    travel_band: Decimal = Decimal(0)
    partial_factor: Decimal = PARTIAL
    grant_threshold: Decimal = THRESHOLD
    light_denominator: LightDenominator = LightDenominator.DUE
    light_green_over: int = GREEN_OVER
    light_amber_from: int = AMBER_FROM
    indicators: tuple[int, ...] = ()
    day_starts: time = DAY_STARTS
    day_ends: time = DAY_ENDS
    most_messages: int = MOST_MESSAGES

    def __post_init__(self) -> None:
        if self.day_starts >= self.day_ends:
            raise SettingRefusedError("A working day starts before it ends.")


class SettingRefusedError(ValueError):
    """No such setting, or a value it cannot have; the sentence says what it can.

    `why` is that sentence without the setting's own name, for whoever knows it by another.
    """

    def __init__(self, words: str, why: str = "") -> None:
        super().__init__(words)
        self.why = why


def read(session: Session) -> OrganisationSettings:
    """The settings as they stand."""
    return _built({row.name: row.value for row in session.exec(select(Setting))})


@dataclass(frozen=True, slots=True)
class SettingRecord:
    """A setting as it is written, as it is written usually, and who changed it when."""

    name: str
    value: str
    usual: str
    changed_at: datetime | None = None
    changed_by: int | None = None


def listed(session: Session) -> tuple[SettingRecord, ...]:
    """Every setting, in the order of the readers."""
    rows = {row.name: row for row in session.exec(select(Setting))}
    usual = OrganisationSettings()
    found = []
    for name in _READERS:
        row, written = rows.get(name), _written(usual, name)
        if row is None:
            found.append(SettingRecord(name, written, written))
        else:
            found.append(SettingRecord(name, row.value, written, row.changed_at, row.changed_by))
    return tuple(found)


def tried(session: Session, name: str, value: str) -> OrganisationSettings:
    """How all settings would stand with a value. Raises `SettingRefusedError`."""
    if name not in _READERS:
        raise SettingRefusedError(f"There is no setting “{name}”.")
    written = {row.name: row.value for row in session.exec(select(Setting))}
    return _tried(name, value.strip(), written)


def change(
    session: Session, name: str, value: str, by: int | None, now: datetime
) -> OrganisationSettings:
    """Give a setting a value, written as `_READERS` reads it, and say how all stand then.

    Raises `SettingRefusedError`, also for a value that does not go with the others.
    """
    if name not in _READERS:
        raise SettingRefusedError(
            f"There is no setting “{name}”. There are: {', '.join(sorted(_READERS))}."
        )
    rows = {row.name: row for row in session.exec(select(Setting))}
    written = {row.name: row.value for row in rows.values()}
    settings = _tried(name, value.strip(), written)
    row = rows.get(name)
    if row is not None and row.value == value.strip():
        return settings
    row = row or Setting(name=name, value="", changed_at=now)
    row.value, row.changed_at, row.changed_by = value.strip(), now, by
    session.add(row)
    session.flush()
    audit.record(
        session,
        at=now,
        actor=by,
        rule="" if by else "installation",
        action="setting changed",
        subject=name,
        before=written.get(name),
        after=row.value,
    )
    return settings


def _tried(name: str, value: str, written: Mapping[str, str]) -> OrganisationSettings:
    try:
        return _built({**written, name: value})
    except (ValueError, InvalidOperation, ZoneInfoNotFoundError) as error:
        known = isinstance(error, SettingRefusedError | QuarterNotUnderstoodError)
        why = str(error) if known else ""
        words = f"“{value}” is nothing {name} can be. {why}".rstrip()
        raise SettingRefusedError(words, why) from error


def _built(written: Mapping[str, str]) -> OrganisationSettings:
    values = {name: _READERS[name](value) for name, value in written.items() if name in _READERS}
    calendar = {
        one.name: values.pop(one.name) for one in fields(CalendarSettings) if one.name in values
    }
    try:
        days = CalendarSettings(**calendar)  # type: ignore[arg-type]  # each reader gives its own
    except ValueError as error:
        raise SettingRefusedError(str(error)) from error
    return OrganisationSettings(calendar=days, **values)  # type: ignore[arg-type]  # as above


def _written(settings: OrganisationSettings, name: str) -> str:
    """A setting as its reader reads it."""
    held = settings if name in {one.name for one in fields(settings)} else settings.calendar
    return _as_words(getattr(held, name))


def _as_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ",".join(str(one) for one in value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, Enum):
        return str(value.value)
    return "" if value is None else str(value)


def _days(words: str) -> int:
    count = int(words)
    if not 0 <= count <= MOST:
        raise SettingRefusedError(f"Give a whole number from 0 to {MOST:,}.")
    return count


def _count(words: str) -> int:
    count = _days(words)
    if count == 0:
        raise SettingRefusedError(f"Give a whole number from 1 to {MOST:,}.")
    return count


def _list_of_days(words: str) -> tuple[int, ...]:
    try:
        days = tuple(int(word) for word in words.split(",")) if words else ()
    except ValueError as error:
        raise SettingRefusedError("Give days with commas between, such as -5, -2, 0.") from error
    if any(abs(day) > MOST for day in days):
        raise SettingRefusedError(f"Give days of at most {MOST:,}.")
    return days


def _numbers(words: str) -> tuple[int, ...]:
    """Numbers and stretches of them, as `1-152, 154`."""
    found: set[int] = set()
    for piece in filter(None, (word.strip() for word in words.split(","))):
        stretch = _STRETCH.fullmatch(piece)
        if stretch is None:
            raise SettingRefusedError("Give numbers and stretches of them, such as 1-152, 154.")
        first, last = _days(stretch["first"]), _days(stretch["last"] or stretch["first"])
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def _clock(words: str) -> time:
    try:
        return time.fromisoformat(words).replace(tzinfo=None)
    except ValueError as error:
        raise SettingRefusedError("Give a time of day, such as 09:00.") from error


def _zone(words: str) -> str:
    try:
        return ZoneInfo(words).key
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise SettingRefusedError("Give a time zone, such as Europe/London.") from error


def _yes(words: str) -> bool:
    if words.casefold() not in _YES_NO:
        raise SettingRefusedError("Give yes or no.")
    return _YES_NO[words.casefold()]


def _quarter(words: str) -> Quarter | None:
    return Quarter.parse(words) if words else None


def _share(words: str) -> Decimal:
    share = Decimal(words)
    if not (share.is_finite() and 0 <= share <= 1):
        raise SettingRefusedError("Give a share from 0 to 1, such as 0.8.")
    return share


def _band(words: str) -> Decimal:
    band = Decimal(words)
    if not (band.is_finite() and band >= 0):
        raise SettingRefusedError("Give a number from 0 up.")
    return band


_READERS: dict[str, Callable[[str], object]] = {
    "time_of_day": _clock,
    "close_time": _clock,
    "window_after": _days,
    "due_after": _days,
    "reminders": _list_of_days,
    "overdue": _list_of_days,
    "close_after": _days,
    "run_after": _days,
    "ack_reminders": _list_of_days,
    "ack_escalated": _days,
    "card_after": _days,
    "pack_before": _days,
    "zone": _zone,
    "accept_by_hand": _yes,
    "missing_data_policy": MissingDataPolicy,
    "effective_from": _quarter,
    "significant_risk": _days,
    "travel_band": _band,
    "partial_factor": _share,
    "grant_threshold": _share,
    "light_denominator": LightDenominator,
    "light_green_over": _days,
    "light_amber_from": _days,
    "indicators": _numbers,
    "day_starts": _clock,
    "day_ends": _clock,
    "most_messages": _count,
}
