"""Calls and deliveries in words: what each is about, and how it ended.

Owns the sentences of the inspector. Reads payloads, changes and keeps nothing.
"""

from collections.abc import Callable

from workspace.inspector_record import Level
from workspace.log import Fault
from workspace.mishaps import Mishap
from workspace.wire import Json

LATE_MS = 1000.0
"""An answer that takes longer comes close to Slack's three seconds on a bad day."""
Naming = Callable[[str], str]
"""Gives the name behind an id, or the id."""
Ending = tuple[Level, str]


def about_call(args: Json, naming: Naming) -> str:
    """Say whom a call is about: ``#board``, a person, a view."""
    ids = (args.get(key) for key in ("channel", "channel_id", "user", "user_id", "users"))
    named = [naming(one) for one in ids if isinstance(one, str) and one]
    view = args.get("view")
    if isinstance(view, dict):
        named.append(_title(view))
    return ", ".join(filter(None, named))


def about_delivery(name: str, envelope: Json, naming: Naming) -> str:
    """Say who did what in a delivery, and whether it comes again."""
    payload = envelope["payload"]
    event = payload.get("event")
    inner = event if isinstance(event, dict) else payload
    who = inner.get("user") or inner.get("user_id") or ""
    person = who.get("id", "") if isinstance(who, dict) else str(who)
    what = [naming(person) if person else "", *_what(name, inner), _again(envelope)]
    return ", ".join(filter(None, what))


def _what(name: str, payload: Json) -> list[str]:
    """List what was pressed, sent or typed."""
    if name.startswith("/"):
        return [str(payload.get("text", ""))]
    pressed = [str(one.get("action_id", "")) for one in payload.get("actions") or ()]
    view = payload.get("view")
    titled = [_title(view)] if isinstance(view, dict) else []
    return [*pressed, *titled]


def _title(view: Json) -> str:
    title = view.get("title")
    words = title.get("text") if isinstance(title, dict) else None
    return f"“{words}”" if words else "Home" if view.get("type") == "home" else ""


def ended_call(answer: Json, status: int, retry_after: int | None) -> Ending:
    """Say how a call was answered, where nothing spoilt it."""
    if answer.get("ok"):
        return "fine", "Answered"
    if retry_after is not None:
        return "warning", f"Too many calls (429): wait {_seconds(retry_after)}"
    needed = f", which needs {answer['needed']}" if "needed" in answer else ""
    at = f" ({status})" if status not in {0, 200} else ""
    return "error", f"Refused{at}: {answer.get('error')}{needed}"


def spoilt_call(fault: Fault, *, done: bool) -> Ending:
    """Say what a fault made of a call."""
    did = "Fault: done, but" if done else "Fault: not done,"
    if fault.drop:
        return "error", f"{did} {'the answer was lost' if done else 'lost on the way'}"
    if fault.retry_after is not None:
        return "warning", f"{did} told to wait {_seconds(fault.retry_after)} (429)"
    what = " ".join(str(one) for one in (fault.status, fault.error) if one is not None)
    return "error", f"{did} answered {what}"


def acknowledged(answer: Json, ms: float) -> Ending:
    """Say how the app answered a delivery."""
    if answer.get("response_action") == "errors":
        errors = answer.get("errors")
        fields = ", ".join(errors) if isinstance(errors, dict) else ""
        return "warning", f"Answered with errors at {fields}"
    if ms > LATE_MS:
        return "warning", f"Acknowledged late, after {ms / 1000:.1f} seconds"
    action = answer.get("response_action")
    return "fine", f"Acknowledged, and the view: {action}" if action else "Acknowledged"


def unanswered(reason: str, mishap: Mishap) -> Ending:
    """Say why a delivery counts as lost."""
    by_plan = mishap.unacked or mishap.cut is not None
    return "error", f"{'Fault' if by_plan else 'Not answered'}: {reason}"


def _again(envelope: Json) -> str:
    """Say that a delivery is not the first of its kind, where it is not."""
    attempt = envelope.get("retry_attempt")
    return f"attempt {attempt + 1} after {envelope['retry_reason']}" if attempt else ""


def _seconds(count: int) -> str:
    return f"{count} second" if count == 1 else f"{count} seconds"
