"""What the app answers to a submission, a command or a response URL, taken in.

Owns checking those answers as Slack does; an answer Slack would not take counts as none.
"""

from collections.abc import Callable
from dataclasses import replace

from workspace.checks import check_message, check_view
from workspace.core import Core
from workspace.deliveries import AppDidNotAnswer
from workspace.posts import Post
from workspace.surfaces import OpenView
from workspace.triggers import ResponseUrl
from workspace.wire import Code, Json, SlackError, as_flag, as_text


def submission_taken(core: Core, view: OpenView, answer: Json) -> None:
    """Do what the answer to ``view_submission`` says; raises :class:`AppDidNotAnswer`."""
    action = TAKEN.get(as_text(answer.get("response_action")))
    if action is None:
        raise AppDidNotAnswer(f"unknown response_action {answer['response_action']}")
    try:
        action(core, view, answer)
    except SlackError as refusal:
        raise AppDidNotAnswer(str(refusal)) from None


def _closed(core: Core, view: OpenView, _answer: Json) -> None:
    core.surfaces.remove(view)


def _cleared(core: Core, view: OpenView, _answer: Json) -> None:
    core.surfaces.clear(view.person)


def _updated(core: Core, view: OpenView, answer: Json) -> None:
    core.surfaces.update(view, check_view(answer.get("view"), "modal"))


def _pushed(core: Core, view: OpenView, answer: Json) -> None:
    core.surfaces.push(view.person, check_view(answer.get("view"), "modal"))


def _refused(_core: Core, view: OpenView, answer: Json) -> None:
    view.errors = _errors(view, answer.get("errors"))


TAKEN: dict[str, Callable[[Core, OpenView, Json], None]] = {
    "": _closed,
    "clear": _cleared,
    "errors": _refused,
    "push": _pushed,
    "update": _updated,
}


def _errors(view: OpenView, given: object) -> dict[str, str]:
    if not isinstance(given, dict) or not given:
        raise AppDidNotAnswer("response_action errors without errors")
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    for block_id in given:
        if block_id not in inputs:
            raise AppDidNotAnswer(f"an error for {block_id}, which is no input block of the view")
    return {str(block): str(says) for block, says in given.items()}


def reply_posted(core: Core, person: str, channel: str, answer: Json) -> Post | None:
    """Post what a command's ack says, for the person only unless it says ``in_channel``.

    Raises :class:`AppDidNotAnswer` for words Slack would not take.
    """
    if not answer.get("text") and not answer.get("blocks"):
        return None
    try:
        return core.team.keep(_post(core, person, channel, answer))
    except SlackError as refusal:
        raise AppDidNotAnswer(str(refusal)) from None


def responded(core: Core, url: ResponseUrl, answer: Json) -> None:
    """Do what was sent to a response URL: post, replace or delete; raises :class:`SlackError`."""
    source = _source(core, url)
    if as_flag(answer.get("delete_original")):
        if source is not None:
            core.team.remove(source)
        return
    post = _post(core, url.person, url.channel, answer)
    if as_flag(answer.get("replace_original")) and source is not None:
        edited = None if source.only_for else core.team.ids.ts()
        core.team.keep(replace(source, text=post.text, blocks=post.blocks, edited=edited))
        return
    core.team.keep(post)


def _source(core: Core, url: ResponseUrl) -> Post | None:
    if url.message_ts is None:
        return None
    if url.ephemeral:
        held = core.team.ephemerals.get(url.person, [])
        return next((p for p in held if p.ts == url.message_ts), None)
    return core.team.post(url.channel, url.message_ts)


def _post(core: Core, person: str, channel: str, answer: Json) -> Post:
    text = as_text(answer.get("text"))
    blocks = check_message(text, answer.get("blocks"), answer.get("attachments"))
    thread = as_text(answer.get("thread_ts")) or None
    if thread is not None and core.team.post(channel, thread) is None:
        raise SlackError(Code.THREAD_NOT_FOUND)
    return Post(
        channel=channel,
        ts=core.team.ids.ts(),
        user=core.bot.user_id,
        text=text,
        blocks=core.team.completion.blocks(blocks),
        thread_ts=thread,
        only_for=None if answer.get("response_type") == "in_channel" else person,
    )
