"""Events of Slack that have had their effect, so that one delivered again has none.

It owns marking them, by Slack's event id, and what is kept of one that is kept. Whatever is
shown anew by an event is marked afterwards: one whose showing failed may come again.
"""

from datetime import datetime

from sqlmodel import Session

from store import audit, inbox


def was_heard(session: Session, event_id: str) -> bool:
    """Whether an event has had its effect."""
    return inbox.seen(session, _key(event_id))


def hear(session: Session, event_id: str, now: datetime) -> bool:
    """Mark an event as having had its effect; whether this was the first time."""
    return inbox.first_time(session, _key(event_id), now)


def hear_of_home(session: Session, event_id: str, slack_id: str, now: datetime) -> None:
    """Mark that somebody's Home is shown, so that it can be shown anew after a form."""
    hear(session, event_id, now)
    inbox.first_time(session, _home_key(slack_id), now)


def has_home(session: Session, slack_id: str) -> bool:
    """Whether somebody has had their Home open lately, for as long as the inbox is kept."""
    return inbox.seen(session, _home_key(slack_id))


def access_ended(session: Session, event_id: str, what: str, now: datetime) -> bool:
    """Keep in the audit that Slack took the bot's access away; False for one kept before."""
    if not hear(session, event_id, now):
        return False
    audit.record(session, at=now, rule="Slack", action="access ended", subject=what)
    return True


def _key(event_id: str) -> str:
    return f"event:{event_id}"


def _home_key(slack_id: str) -> str:
    return f"home:{slack_id}"
