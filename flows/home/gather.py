"""A Home put together: every part a person has, whatever roles they hold.

It owns which parts belong to whom. It must not change anything.
"""

from datetime import datetime

from sqlmodel import Session

from flows import standing
from flows.home import dates, own, watching
from flows.home.outlook import Outlook, look
from flows.home.tomorrow import tomorrow
from messages.notices.home import Home
from messages.notices.home_parts import ToDo
from messages.notices.refusals import PersonUnknown
from rules.permissions import Capability
from rules.vocabulary import Role


def home(session: Session, slack_id: str, now: datetime) -> Home | PersonUnknown:
    """Everything that is a person's, as it stands now."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    seen = look(session, who, now)
    todos = own.todos(session, seen)
    still = own.open_actions(seen)
    owing = watching.owing(session, seen) if seen.follows else ()
    return Home(
        quarter=seen.planned.quarter,
        due=todos[0].due,
        left=_left(todos),
        waiting=sum(len(todo.escalations) for todo in todos),
        late=sum(1 for action in still if action.days_overdue),
        roles_known=bool(who.holdings),
        todos=todos,
        drafts=own.drafts(session, seen),
        cards=own.cards(seen),
        actions=still,
        columns=own.columns(seen.planned.quarter),
        targets=own.target_rows(seen),
        overviews=watching.overviews(seen),
        watched=watching.watched(session, seen) if seen.holds(Role.LAA_MANAGER) else (),
        follows=seen.follows,
        owed=sum(len(one.refs) for one in owing),
        owing=owing,
        to_accept=watching.to_accept(seen),
        proposals=watching.proposals_waiting(session, seen),
        sets_up=standing.allowed_anywhere(who, Capability.SET_UP),
        tomorrow=tomorrow(session, seen.planned, now) if seen.follows else None,
        board=dates.board(session, seen) if _sits_on_the_board(seen) else None,
        dates=dates.next_dates(session, seen),
    )


def _left(todos: tuple[ToDo, ...]) -> int:
    return sum(1 for todo in todos for target in todo.targets if target.done is None)


def _sits_on_the_board(seen: Outlook) -> bool:
    return seen.holds(Role.PSB_MEMBER)
