"""What the coach says of a return, from what was typed and what was said last time.

It owns gathering that. What is worth saying is decided by `rules/coach.py`.
"""

from flows import lines
from flows.sheet import Reporting
from rules.answers import CommentaryAnswer
from rules.coach import Advice, Words, advice
from rules.override import Override


def advised_key(form: str) -> str:
    """The key under which it is remembered that a form was held up once."""
    return f"advised:{form}"


def said(one: Reporting, override: Override, answer: CommentaryAnswer) -> tuple[Advice, ...]:
    """All there is to say of a return that is complete."""
    proposed = answer.proposed if _counts(override, answer) else None
    return advice(
        Words(
            override.decision.status,
            cause=answer.cause,
            actions=answer.actions,
            last_cause=one.last_words().cause,
            proposed=proposed,
            reason=answer.proposed_reason,
            under_way=bool(lines.open_actions(one.actions)),
        )
    )


def shown(one: Reporting, override: Override, answer: CommentaryAnswer) -> tuple[Advice, ...]:
    """What there is to say of what has been typed so far: what is empty is still to come."""
    to_come = set() if answer.cause.strip() else {Advice.NO_CAUSE}
    if all(action.is_empty for action in answer.actions):
        to_come |= {Advice.NO_ACTION}
    return tuple(found for found in said(one, override, answer) if found not in to_come)


def _counts(override: Override, answer: CommentaryAnswer) -> bool:
    return answer.proposed in {override.waiting, override.decision.status}
