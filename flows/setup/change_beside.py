"""What hangs on a target is changed: the measure that stands in, links, and dated notes.

It owns these changes and their audit.
"""

import re
from datetime import datetime

from sqlmodel import Session

from flows.setup.shape import Judged, Sent, Shown
from rules.setup_beside import (
    NOTE_FIELDS,
    PROXY_FIELDS,
    NotePlan,
    ProxyPlan,
    note_problems,
    note_with,
    proxy_problems,
    proxy_with,
)
from rules.setup_fields import (
    Field,
    FieldKind,
    SetupProblem,
    SetupProblemCode,
    Typed,
    read,
    written,
)
from rules.setup_forms import FormKey, FormKind
from rules.setup_target import TargetPlan
from rules.vocabulary import ToleranceMode
from store import audit
from store.setup import beside, milestones, plans
from store.setup.beside import About, NoteRecord
from store.setup.plans import TargetName

NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
LINKS = Field("links", FieldKind.TICKS)


class Proxy:
    """The measure that stands in for a target's own while that is not due."""

    @staticmethod
    def shown(session: Session, key: FormKey, _now: datetime) -> Shown | None:
        """The active one, or an empty form for a new one."""
        target = plans.find(session, key.number)
        if target is None:
            return None
        found = milestones.active_proxy(session, key.number)
        plan = found[1] if found else ProxyPlan()
        typed = written(PROXY_FIELDS, plan)
        return Shown(_about(target), target.ref, _proxy_fields(found is None), typed)

    @staticmethod
    def judged(session: Session, sent: Sent) -> Judged:
        """The measure with what was sent; there is one active one at most."""
        number = sent.key.number
        found = milestones.active_proxy(session, number)
        proxy, before = found or (None, ProxyPlan())
        tolerance = "%" if sent.typed.get("mode") == ToleranceMode.PERCENT else ""
        units = dict.fromkeys(("green", "amber"), tolerance or sent.typed.get("unit", ""))
        values, unread = read(_proxy_fields(found is None), sent.typed, units)
        after = proxy_with(before, values)
        there = milestones.of_proxy(session, proxy) if proxy else {}
        zero = milestones.zero_ends(there, milestones.done_quarters(session))
        unfit = {one.field for one in unread}
        judged = proxy_problems(after, zero_milestone=zero)
        amiss = (*unread, *(one for one in judged if one.field not in unfit))
        if amiss or (found and after == before):
            return Judged(amiss)

        def keep() -> int:
            milestones.keep_proxy(session, number, proxy, after)
            _audit(session, sent, "proxy", before if found else None, after)
            return number

        return Judged(keep=keep)


class Links:
    """The targets one target bears on."""

    @staticmethod
    def shown(session: Session, key: FormKey, _now: datetime) -> Shown | None:
        """Those it is linked to now."""
        target = plans.find(session, key.number)
        if target is None:
            return None
        linked = beside.links(session, key.number)
        typed = {"links": ",".join(str(number) for number in linked)}
        offered = {"links": link_words(session, typed)}
        return Shown(_about(target), target.ref, (LINKS,), typed, offered=offered)

    @staticmethod
    def judged(session: Session, sent: Sent) -> Judged:
        """Links to targets that exist, and to no target itself."""
        number = sent.key.number
        asked = set(filter(None, sent.typed.get("links", "").split(",")))
        wanted = _numbers(sent.typed)
        before, there = beside.links(session, number), plans.names(session, wanted)
        if number in wanted:
            return Judged((SetupProblem(SetupProblemCode.LINKED_TO_ITSELF, "links"),))
        if len(there) < len(asked):
            return Judged((SetupProblem(SetupProblemCode.TARGET_GONE, "links"),))
        if set(before) == wanted:
            return Judged()

        def keep() -> int:
            beside.keep_links(session, number, wanted)
            refs = [one.ref for one in plans.names(session, before)]
            _audit(session, sent, "links", refs, [one.ref for one in there])
            return number

        return Judged(keep=keep)


class Notes:
    """A dated note about a target or a partnership."""

    @staticmethod
    def shown(session: Session, key: FormKey, _now: datetime) -> Shown | None:
        """The note, or an empty form for a new one."""
        name = _note_about(session, key)
        note = _note(session, key)
        if name is None or (key.item and note is None):
            return None
        about, subject = name
        typed = written(NOTE_FIELDS, note.plan if note else NotePlan())
        return Shown(about, subject, NOTE_FIELDS if note else NOTE_FIELDS[:-1], typed)

    @staticmethod
    def judged(session: Session, sent: Sent) -> Judged:
        """The note with what was sent. The same one sent twice is kept once."""
        note, about = _note(session, sent.key), about_of(sent.key)
        before = note.plan if note else NotePlan()
        values, unread = read(NOTE_FIELDS, sent.typed)
        after = note_with(before, values)
        amiss = unread if after.removed else (*unread, *note_problems(after))
        same = after == before if note else _stands(session, about, after)
        if amiss or same:
            return Judged(tuple({one.field: one for one in reversed(amiss)}.values()))

        def keep() -> int:
            _keep_note(session, sent, note, after)
            return sent.key.number

        return Judged(keep=keep)


def named(target: TargetName) -> str:
    """What people call a target."""
    return f"{target.ref} {target.title}"


def link_words(session: Session, typed: Typed) -> dict[str, str]:
    """The targets chosen as links, by number, with what people call them."""
    found = plans.names(session, _numbers(typed))
    return {str(one.number): named(one) for one in found}


def about_of(key: FormKey) -> About:
    """What a note's form is about."""
    if key.kind is FormKind.PARTNERSHIP_NOTE:
        return About(partnership=key.number)
    return About(target=key.number)


def _numbers(typed: Typed) -> set[int]:
    words = typed.get("links", "").split(",")
    return {int(word) for word in words if NUMBER.fullmatch(word)}


def _about(target: TargetPlan) -> str:
    return f"{target.ref} {target.title}"


def _proxy_fields(is_new: object) -> tuple[Field, ...]:
    """A new measure cannot be retired yet."""
    return PROXY_FIELDS[:-1] if is_new else PROXY_FIELDS


def _note(session: Session, key: FormKey) -> NoteRecord | None:
    """The note of a form, where it is about what the form is about."""
    found = beside.note(session, key.item) if key.item else None
    return found if found is not None and found.about == about_of(key) else None


def _note_about(session: Session, key: FormKey) -> tuple[str, str] | None:
    if key.kind is FormKind.PARTNERSHIP_NOTE:
        name = beside.partnership_name(session, key.number)
        return None if name is None else (name, name)
    target = plans.find(session, key.number)
    return None if target is None else (_about(target), target.ref)


def _stands(session: Session, about: About, plan: NotePlan) -> bool:
    return any(one.plan == plan for one in beside.notes(session, about))


def _keep_note(session: Session, sent: Sent, note: NoteRecord | None, after: NotePlan) -> None:
    number = note.number if note else None
    if after.removed and number:
        beside.remove_note(session, number)
    else:
        beside.keep_note(session, number, about_of(sent.key), after, sent.who.number, sent.now)
    _audit(session, sent, "note", note.plan if note else None, after)


def _audit(session: Session, sent: Sent, what: str, before: object, after: object) -> None:
    name = _note_about(session, sent.key)
    audit.record(
        session,
        at=sent.now,
        actor=sent.who.number,
        action=f"{what} {'added' if before is None else 'changed'}",
        subject=name[1] if name else "",
        before=before,
        after=after,
    )
