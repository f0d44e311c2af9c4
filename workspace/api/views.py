"""views.*: opening, pushing, updating and publishing."""

from workspace.checks import check_view
from workspace.core import Core
from workspace.surfaces import OpenView
from workspace.wire import Code, Json, SlackError, as_text


def open_(core: Core, args: Json) -> Json:
    """views.open: a modal for the person whose trigger it is."""
    body = check_view(args.get("view"), "modal")
    person = core.triggers.spend(_trigger(args))
    return _answer(core, core.surfaces.open(person, body))


def push(core: Core, args: Json) -> Json:
    """views.push: a modal on top of the one the person has open."""
    body = check_view(args.get("view"), "modal")
    person = core.triggers.spend(_trigger(args))
    return _answer(core, core.surfaces.push(person, body))


def update(core: Core, args: Json) -> Json:
    """views.update: new content for an open view, by its id or the app's own."""
    view = core.surfaces.find(as_text(args.get("view_id")), as_text(args.get("external_id")))
    body = check_view(args.get("view"), str(view.body["type"]))
    return _answer(core, core.surfaces.update(view, body, as_text(args.get("hash"))))


def publish(core: Core, args: Json) -> Json:
    """views.publish: content for a person's Home tab."""
    if not core.bot.home_tab:
        raise SlackError(Code.NOT_ENABLED)
    person = as_text(args.get("user_id"))
    if person not in core.team.people:
        raise SlackError(Code.USER_NOT_FOUND)
    body = check_view(args.get("view"), "home")
    return _answer(core, core.surfaces.publish(person, body, as_text(args.get("hash"))))


def _trigger(args: Json) -> str:
    trigger = as_text(args.get("trigger_id"))
    if not trigger:
        missing = "[ERROR] missing required field: trigger_id"
        raise SlackError(Code.INVALID_ARGUMENTS, (missing,))
    return trigger


def _answer(core: Core, view: OpenView) -> Json:
    return {"view": view.shown(core.team)}
