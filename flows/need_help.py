"""A lead needs help with a target: the liaison officer and the central team are told.

It owns this use case, once for each form that was sent.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import asked_list, lines, posting
from flows.asked_list import NoList, Picked
from flows.places import CENTRAL
from messages.notices.asides import HelpWanted
from messages.notices.replies import HelpAsked
from rules.quarters import Quarter
from store import audit, inbox, people


def need_help(
    session: Session,
    slack_id: str,
    target: int | str,
    quarter: Quarter,
    trouble: str,
    form: str,
    now: datetime,
) -> HelpAsked | NoList:
    """Tell those who can help. `form` names the opened form, so that sending twice tells once."""
    found = asked_list.pick(session, slack_id, target, quarter, now)
    if not isinstance(found, Picked):
        return found
    one = found.target
    liaison = people.liaison_officer(session, one.partnership, found.planned.local_day(now))
    answer = HelpAsked(one.ref, one.title, one.partnership_name, liaison)
    if not inbox.first_time(session, f"help:{form}", now):
        return answer
    notice = HelpWanted(
        quarter,
        found.planned.calendar.due,
        one.number,
        lines.target_line(one),
        one.partnership_name,
        found.who.number,
        trouble,
        liaison,
    )
    key = posting.key("help", quarter, one.ref, form)
    central = replace(notice, to_central=True)
    posting.to_channel(session, f"{key}:central team", central, CENTRAL, due_at=now, now=now)
    if liaison is not None:
        mark = posting.person_mark(liaison)
        posting.to_person(session, f"{key}:{mark}", notice, liaison, due_at=now, now=now)
    audit.record(
        session,
        at=now,
        actor=found.who.number,
        action="ask for help",
        subject=f"{one.ref}:{quarter.label}",
        after={"trouble": trouble, "told": liaison},
    )
    return answer
