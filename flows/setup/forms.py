"""A form of the set-up is opened, and what was sent is kept or answered.

It owns what all forms have in common: who may, that nothing is changed over somebody else's
change unseen, and that a form sent twice has one effect. Each form is shown and judged by a
file of its own.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlmodel import Session

from flows.setup.admission import admitted
from flows.setup.change_beside import Links, Notes, Proxy, link_words
from flows.setup.change_milestones import Milestones
from flows.setup.change_target import NewTarget, TargetPart
from flows.setup.shape import Form, Kept, Sent, Shown
from flows.standing import Asker
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from messages.notices.setup_sheets import FormSheet, Overtaken
from rules.setup_fields import Typed
from rules.setup_forms import FormKey, FormKind, Unfit
from store import audit, people

FORMS: Final[Mapping[FormKind, type[Form]]] = {
    FormKind.WORDS: TargetPart,
    FormKind.MEASURE: TargetPart,
    FormKind.SMART: TargetPart,
    FormKind.BELONGING: TargetPart,
    FormKind.CLOSING: TargetPart,
    FormKind.CREATION: NewTarget,
    FormKind.MILESTONES: Milestones,
    FormKind.PROXY_MILESTONES: Milestones,
    FormKind.PROXY: Proxy,
    FormKind.LINKS: Links,
    FormKind.NOTE: Notes,
    FormKind.PARTNERSHIP_NOTE: Notes,
}
MARK_LENGTH = 16


def open_form(
    session: Session, slack_id: str, key: FormKey, now: datetime
) -> FormSheet | OutOfDate | Refused | PersonUnknown:
    """A form as it stands now."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    shown = FORMS[key.kind].shown(session, key, now)
    return OutOfDate() if shown is None else _sheet(key, shown, shown.typed)


def send_form(
    session: Session, slack_id: str, key: FormKey, typed: Typed, mark: str, now: datetime
) -> Kept | Unfit | FormSheet | OutOfDate | Refused | PersonUnknown:
    """What was sent is kept; or what keeps it from that.

    A form that shows what somebody has changed since comes back with what was typed and what
    stands now; sent again, it counts.
    """
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    form = FORMS[key.kind]
    shown = form.shown(session, key, now)
    if shown is None:
        return OutOfDate()
    judged = form.judged(session, Sent(key, typed, who, now))
    if not judged.problems and judged.keep is None:
        return Kept(key.number)
    if mark != _mark(shown):
        return _shown_again(session, key, shown, typed, now)
    if judged.problems or judged.keep is None:
        return Unfit(judged.problems)
    return Kept(judged.keep())


def _sheet(key: FormKey, shown: Shown, typed: Typed) -> FormSheet:
    first = shown.rows[0].quarter if shown.rows else key.quarter
    return FormSheet(
        key=replace(key, quarter=first),
        about=shown.about,
        fields=shown.fields,
        typed=typed,
        mark=_mark(shown),
        unit=shown.unit,
        offered=shown.offered,
        rows=shown.rows,
        title=shown.title,
    )


def _mark(shown: Shown) -> str:
    """Tells whether what a form shows has been changed."""
    return hashlib.sha256(audit.as_text(shown.typed).encode()).hexdigest()[:MARK_LENGTH]


def _shown_again(
    session: Session, key: FormKey, shown: Shown, typed: Typed, now: datetime
) -> FormSheet:
    """The form with what was typed, and what somebody else made of it meanwhile."""
    sheet = _sheet(key, shown, typed)
    if key.kind is FormKind.LINKS:
        sheet = replace(sheet, offered={"links": link_words(session, typed)})
    return replace(sheet, overtaken=_overtaken(session, shown, now))


def _overtaken(session: Session, shown: Shown, now: datetime) -> Overtaken:
    actor, at = audit.latest(session, shown.subject) or (None, now)
    person = people.by_number(session, actor) if actor else None
    return Overtaken(person.label if person else None, at, shown.typed)
