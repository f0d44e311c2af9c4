"""The calendar of a quarter's cycle, from window to board (specification §3).

It owns the dates and the refusal of dates that cannot work. It must not know the time now,
nor who is told what on a date; that is `rules/cadence.py`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.quarters import Quarter
from rules.working_days import WorkingDays

BOARD_MONTHS_AFTER = 2
BOARD_WEEKDAY = 2  # Wednesday
BOARD_WEEK = 3
LONGEST_CYCLE = 366
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """The distances between the dates; every one is a setting, these are the defaults.

    `window_after` and `due_after` are calendar days after the quarter's end; all the others
    are working days: `reminders`, `overdue`, `close_after` and `run_after` from the due day,
    `ack_reminders`, `ack_escalated` and `card_after` from the escalation run, `pack_before`
    back from the board. Raises `ValueError` where the order of the cycle would break.
    """

    time_of_day: time = time(9)
    close_time: time = time(17)
    window_after: int = 1
    due_after: int = 21
    reminders: tuple[int, ...] = (-5, -2, 0)
    overdue: tuple[int, ...] = (1, 3, 5)
    close_after: int = 5
    run_after: int = 6
    ack_reminders: tuple[int, ...] = (2, 4)
    ack_escalated: int = 5
    card_after: int = 7
    pack_before: int = 4
    zone: str = "Europe/London"

    def __post_init__(self) -> None:
        in_order = 0 < self.window_after <= self.due_after
        closes_first = 0 <= self.close_after < self.run_after
        if not (in_order and closes_first and self.card_after >= 0 and self.pack_before > 0):
            raise ValueError(
                "The cycle runs in order: the window opens after the quarter ends and no later "
                "than returns are due, closes before the escalation run, and the pack is frozen "
                "before the board meets."
            )


@dataclass(frozen=True, slots=True)
class CalendarFault:
    """One reason to refuse entered dates: the `field` (opens, due, board) and the words."""

    field: str
    words: str


class CalendarRefusedError(ValueError):
    """The entered dates cannot work; `faults` say why and what would."""

    def __init__(self, faults: tuple[CalendarFault, ...]) -> None:
        super().__init__(" ".join(fault.words for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class QuarterCalendar:
    """The dates of one quarter's cycle. `board_confirmed` is false for a suggestion."""

    quarter: Quarter
    opens: date
    reminders: tuple[date, ...]
    due: date
    overdue: tuple[date, ...]
    close: date
    escalation_run: date
    ack_reminders: tuple[date, ...]
    ack_escalated: date
    card_due: date
    pack: date
    board: date
    board_confirmed: bool
    zone: str
    time_of_day: time
    close_time: time

    def at(self, day: date) -> datetime:
        """The instant, in UTC, at which a day's messages are due: local time of day."""
        return self._instant(day, self.time_of_day)

    @property
    def closes_at(self) -> datetime:
        """The instant, in UTC, at which the window closes."""
        return self.end_of(self.close)

    def end_of(self, day: date) -> datetime:
        """The instant, in UTC, at which a last day to report ends: local closing time."""
        return self._instant(day, self.close_time)

    def _instant(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, ZoneInfo(self.zone)).astimezone(UTC)


def calendar_of(
    quarter: Quarter,
    days: WorkingDays,
    settings: CalendarSettings = CalendarSettings(),
    *,
    opens: date | None = None,
    due: date | None = None,
    board: date | None = None,
    board_confirmed: bool = False,
) -> QuarterCalendar:
    """The dates of a quarter, from the settings and whatever dates were entered.

    Opened by hand without a due day, leads keep the usual number of days. A reminder that
    would fall on or before the opening is left out: the first request is news enough.
    Without a board the suggestion stands, unconfirmed. Raises `CalendarRefusedError`.
    """
    start = opens or days.on_or_after(quarter.end + timedelta(settings.window_after))
    if too_late := _too_late(start, due=due, board=board):
        raise CalendarRefusedError(too_late)
    due_on = due or _usual_due(quarter, opens, days, settings)
    run = days.add(due_on, settings.run_after)
    card_due = days.add(run, settings.card_after)
    meets = board or suggested_board(quarter, card_due, days, settings)
    pack = days.add(meets, -settings.pack_before)
    reminders = (days.add(due_on, count) for count in settings.reminders)
    calendar = QuarterCalendar(
        quarter=quarter,
        opens=start,
        reminders=tuple(sorted(day for day in reminders if day > start)),
        due=due_on,
        overdue=tuple(days.add(due_on, count) for count in settings.overdue),
        close=days.add(due_on, settings.close_after),
        escalation_run=run,
        ack_reminders=tuple(days.add(run, count) for count in settings.ack_reminders),
        ack_escalated=days.add(run, settings.ack_escalated),
        card_due=card_due,
        pack=pack,
        board=meets,
        board_confirmed=board is not None and board_confirmed,
        zone=settings.zone,
        time_of_day=settings.time_of_day,
        close_time=settings.close_time,
    )
    if faults := _faults(calendar, days, settings):
        raise CalendarRefusedError(faults)
    return calendar


def suggested_board(
    quarter: Quarter,
    card_due: date,
    days: WorkingDays,
    settings: CalendarSettings = CalendarSettings(),
) -> date:
    """The third Wednesday of the second month after the quarter, moved on by weeks.

    It moves until report cards are in before the pack is frozen, and off a bank holiday.
    """
    next_quarter = quarter.next.start
    first = next_quarter.replace(month=next_quarter.month + BOARD_MONTHS_AFTER - 1)
    to_wednesday = timedelta((BOARD_WEEKDAY - first.weekday()) % 7)
    board = first + to_wednesday + (BOARD_WEEK - 1) * _WEEK
    while not days.is_working(board) or card_due > days.add(board, -settings.pack_before):
        board += _WEEK
    return board


def _usual_due(
    quarter: Quarter, opens: date | None, days: WorkingDays, settings: CalendarSettings
) -> date:
    if opens is None:
        return days.on_or_after(quarter.end + timedelta(settings.due_after))
    return days.on_or_after(opens + timedelta(settings.due_after - settings.window_after))


def _too_late(start: date, **entered: date | None) -> tuple[CalendarFault, ...]:
    """Dates more than a year after the window opens: a slip in the year, most likely."""
    return tuple(
        CalendarFault(
            field,
            f"{_spoken(day)} is more than a year after the window opens on {_spoken(start)}. "
            "Check the year.",
        )
        for field, day in entered.items()
        if day is not None and (day - start).days > LONGEST_CYCLE
    )


def _faults(
    calendar: QuarterCalendar, days: WorkingDays, settings: CalendarSettings
) -> tuple[CalendarFault, ...]:
    faults = []
    if calendar.opens <= calendar.quarter.end:
        faults.append(CalendarFault("opens", _opens_early(calendar)))
    if calendar.due < calendar.opens:
        faults.append(CalendarFault("due", _due_early(calendar)))
    elif not days.is_working(calendar.due):
        faults.append(CalendarFault("due", _due_on_a_day_off(calendar, days)))
    if calendar.card_due > calendar.pack:
        faults.append(CalendarFault("board", _board_early(calendar, days, settings)))
    return tuple(faults)


def _opens_early(calendar: QuarterCalendar) -> str:
    end = calendar.quarter.end
    return (
        f"{calendar.quarter} ends on {_spoken(end)}. Open its window on "
        f"{_spoken(end + timedelta(days=1))} or later."
    )


def _due_early(calendar: QuarterCalendar) -> str:
    return (
        f"Returns cannot be due on {_spoken(calendar.due)}, before the window opens on "
        f"{_spoken(calendar.opens)}. Give a due date on or after that day."
    )


def _due_on_a_day_off(calendar: QuarterCalendar, days: WorkingDays) -> str:
    return (
        f"{_spoken(calendar.due)} is not a working day. The next one is "
        f"{_spoken(days.on_or_after(calendar.due))}."
    )


def _board_early(calendar: QuarterCalendar, days: WorkingDays, settings: CalendarSettings) -> str:
    earliest = days.add(calendar.card_due, settings.pack_before)
    before = (
        "1 working day" if settings.pack_before == 1 else f"{settings.pack_before} working days"
    )
    return (
        f"A board on {_spoken(calendar.board)} comes too early: report cards are due on "
        f"{_spoken(calendar.card_due)}, and the pack is frozen {before} before the board. "
        f"The earliest board that fits is {_spoken(earliest)}."
    )


def _spoken(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"
