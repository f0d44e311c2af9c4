"""What somebody has typed for a return and not yet sent: read back, and kept as it is typed.

It owns the drafts' form in the records, and who sees whose. Nothing here judges a return, and
a draft that is kept while somebody types is told nobody.
"""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session

from flows import cycle, standing
from flows.standing import Asker
from messages.notices.refusals import PersonUnknown
from messages.notices.sheets import OthersDraft
from rules.answers import CommentaryAnswer, FigureAnswer, over
from rules.permissions import Capability
from rules.quarters import Quarter
from store import drafts, inbox, people, targets
from store.drafts import DraftRecord
from store.targets import TargetRecord

_FIGURES = TypeAdapter(FigureAnswer)
_COMMENTARIES = TypeAdapter(CommentaryAnswer)
EVERYTHING = frozenset(CommentaryAnswer.__slots__)
"""Every field of the second step, for an answer that leaves nothing out."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A person's draft: both steps, as far as they were typed, and when it was saved."""

    figure: FigureAnswer | None = None
    commentary: CommentaryAnswer | None = None
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Typing:
    """What was typed in an open form just now. `form` names it, `at` is by Slack's clock.

    `shown` are the fields of the second step that the form has.
    """

    form: str
    at: datetime | None
    figure: FigureAnswer | None = None
    commentary: CommentaryAnswer | None = None
    shown: frozenset[str] = EVERYTHING


def sent_key(form: str) -> str:
    """The key under which a form that was sent is remembered."""
    return f"return:{form}"


def of(session: Session, number: int, quarter: Quarter, author: int) -> Typed:
    """What a person has typed for a target's return and not sent; nothing where nothing is."""
    kept = drafts.of_author(session, number, quarter, author)
    return Typed() if kept is None else _read(kept)


def save_figure(
    session: Session, number: int, quarter: Quarter, author: int, answer: FigureAnswer,
    now: datetime, at: datetime | None = None,
) -> bool:  # fmt: skip
    """Keep the first step as it was typed; `at` is none for a form that was sent."""
    text = _FIGURES.dump_json(answer).decode()
    return drafts.save(session, number, quarter, author, now=now, typed_at=at, figure_step=text)


def save_commentary(
    session: Session, number: int, quarter: Quarter, author: int, answer: CommentaryAnswer,
    now: datetime, at: datetime | None = None, shown: frozenset[str] = EVERYTHING,
) -> CommentaryAnswer:  # fmt: skip
    """Keep the second step as it was typed, over what was typed in fields not shown; the whole."""
    whole = over(of(session, number, quarter, author).commentary, answer, shown)
    text = _COMMENTARIES.dump_json(whole).decode()
    drafts.save(session, number, quarter, author, now=now, typed_at=at, commentary_step=text)
    return whole


def keep(
    session: Session, slack_id: str, number: int, quarter: Quarter, typing: Typing, now: datetime
) -> bool:
    """Keep what somebody is typing, if they may report the target. Whether it was kept.

    Nothing is kept of a form that was sent: a delivery that comes late must not bring its
    draft back. Whether the window is open is asked when the form is sent; until then the words
    are safe.
    """
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown) or inbox.seen(session, sent_key(typing.form)):
        return False
    target = targets.in_quarter(session, number, quarter, cycle.today(session, now))
    if target is None or not standing.allowed(who, Capability.SUBMIT_RETURN, target):
        return False
    if typing.figure is not None:
        return save_figure(session, number, quarter, who.number, typing.figure, now, typing.at)
    if typing.commentary is None:
        return False
    save_commentary(
        session, number, quarter, who.number, typing.commentary, now, typing.at, typing.shown
    )
    return True


def of_others(
    session: Session, who: Asker, target: TargetRecord, quarter: Quarter, than: datetime | None
) -> OthersDraft | None:
    """The newest draft of somebody else that this person may see, if it is newer `than` theirs."""
    found = drafts.newest_of_others(session, target.number, quarter, who.number)
    if found is None or (than is not None and found.saved_at <= than):
        return None
    author = people.by_number(session, found.author)
    if author is None or not standing.allowed(who, Capability.SEE_DRAFTS, target):
        return None
    return OthersDraft(author.number, author.label, found.saved_at)


def _read(kept: DraftRecord) -> Typed:
    return Typed(
        _FIGURES.validate_json(kept.figure_step) if kept.figure_step else None,
        _COMMENTARIES.validate_json(kept.commentary_step) if kept.commentary_step else None,
        kept.saved_at,
    )
