"""The central team sees the settings and changes one.

It owns these use cases. What a setting can be is refused by `store/settings.py`. A change must
leave every planned quarter with dates that work; the opening and due days of a window that is
open are entered first, so that nobody's due day moves unsaid.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import cycle
from flows.setup.admission import admitted
from flows.standing import Asker
from messages.notices.organising import SettingRow, SettingsListed
from messages.notices.organising_sheets import SettingAnswer, SettingSheet
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from rules.calendar import CalendarRefusedError, calendar_of
from rules.organising import Amiss, Fault, Faults
from rules.vocabulary import QuarterState
from rules.working_days import england
from store import quarters, settings
from store.settings import OrganisationSettings, SettingRecord, SettingRefusedError

Stranger = PersonUnknown | Refused
VALUE = "value"
FIRST_DAYS = frozenset({"window_after", "due_after"})
OF_THE_INSTALLATION = frozenset({"zone"})
"""Set where the bot runs, and written here at every start."""


def settings_listed(session: Session, slack_id: str, now: datetime) -> SettingsListed | Stranger:
    """Every setting, with what it is usually and who changed it when."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    return _listed(session)


def setting_sheet(
    session: Session, slack_id: str, name: str, now: datetime
) -> SettingSheet | OutOfDate | Stranger:
    """One setting to change."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    found = _found(session, name)
    return SettingSheet(found.name, found.value, found.usual) if found else OutOfDate()


def change_setting(
    session: Session, slack_id: str, answer: SettingAnswer, now: datetime
) -> SettingsListed | Faults | OutOfDate | Stranger:
    """Give a setting a value, from now on."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    found = _found(session, answer.name)
    if found is None:
        return OutOfDate()
    if found.value != answer.seen:
        return Faults((Fault(VALUE, Amiss.CHANGED_MEANWHILE),))
    if (fault := _fault(session, answer)) is not None:
        return Faults((fault,))
    settings.change(session, answer.name, answer.value, who.number, now)
    return _listed(session)


def _found(session: Session, name: str) -> SettingRecord | None:
    if name in OF_THE_INSTALLATION:
        return None
    return next((one for one in settings.listed(session) if one.name == name), None)


def _fault(session: Session, answer: SettingAnswer) -> Fault | None:
    """Why a value cannot be taken, or none; days already said are entered on the way."""
    try:
        wanted = settings.tried(session, answer.name, answer.value)
        if answer.name in FIRST_DAYS:
            _enter_first_days(session)
        _check_dates(session, wanted)
    except SettingRefusedError as refused:
        return Fault(VALUE, Amiss.NOT_A_VALUE, refused.why)
    except CalendarRefusedError as refused:
        return Fault(VALUE, Amiss.BREAKS_DATES, str(refused))
    return None


def _listed(session: Session) -> SettingsListed:
    return SettingsListed(
        tuple(
            SettingRow(
                one.name,
                one.value,
                one.usual,
                one.changed_at,
                one.changed_by,
                fixed=one.name in OF_THE_INSTALLATION,
            )
            for one in settings.listed(session)
        )
    )


def _enter_first_days(session: Session) -> None:
    for record in quarters.running(session):
        if record.state is not QuarterState.PUBLISHED:
            dates = cycle.of(session, record.quarter).calendar
            quarters.keep(session, replace(record, opens=dates.opens, due=dates.due))


def _check_dates(session: Session, wanted: OrganisationSettings) -> None:
    """Raises `CalendarRefusedError` where a planned quarter could not keep its dates."""
    for record in quarters.planned(session):
        calendar_of(
            record.quarter,
            england(),
            wanted.calendar,
            opens=record.opens,
            due=record.due,
            board=record.board,
        )
