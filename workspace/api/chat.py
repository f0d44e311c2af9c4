"""chat.*: posting, changing and deleting messages."""

from workspace.api.channels import meant, to_post, to_read
from workspace.checks import check_message
from workspace.checks.length import escaped_length
from workspace.checks.messages import check_metadata
from workspace.config import Channel
from workspace.core import Core
from workspace.limits.surfaces import MARKDOWN_TEXT, MESSAGE_TEXT, UPDATE_TEXT
from workspace.posts import Post, shown
from workspace.wire import Code, Json, SlackError, as_text


def post_message(core: Core, args: Json) -> Json:
    """chat.postMessage: post to a channel, or to a person's direct message."""
    channel = to_post(core, args.get("channel"))
    post = core.team.keep(_new(core, channel, args))
    return {"channel": channel.id, "ts": post.ts, "message": _shown(core, post, metadata=True)}


def post_ephemeral(core: Core, args: Json) -> Json:
    """chat.postEphemeral: show one person a message no history keeps."""
    channel = to_post(core, args.get("channel"))
    person = as_text(args.get("user"))
    if person not in core.team.people:
        raise SlackError(Code.USER_NOT_FOUND)
    if person not in channel.members:
        raise SlackError(Code.USER_NOT_IN_CHANNEL)
    post = core.team.keep(_new(core, channel, args, only_for=person))
    return {"message_ts": post.ts}


def update(core: Core, args: Json) -> Json:
    """chat.update: change a message of the app's own, named by channel id and ts.

    What the call leaves out (text, blocks, metadata) stays as it was.
    """
    channel, post = _own(core, args, Code.CANT_UPDATE_MESSAGE)
    args = _with_markdown(args)
    text = as_text(args.get("text"))
    if "markdown_text" not in args and _length(text) > UPDATE_TEXT:
        raise SlackError(Code.MSG_TOO_LONG)
    if args.get("blocks") is None and args.get("attachments") is None and "text" not in args:
        raise SlackError(Code.NO_TEXT)
    changed: Json = {"text": text[:MESSAGE_TEXT]} if "text" in args else {}
    blocks = check_message(text or post.text, args.get("blocks"), args.get("attachments"))
    if args.get("blocks") is not None:
        changed["blocks"] = core.team.completion.blocks(blocks)
    if "metadata" in args:
        changed["metadata"] = check_metadata(args["metadata"])
    post = core.team.edited(post, **changed)
    return {
        "channel": channel.id,
        "ts": post.ts,
        "text": post.text,
        "message": _shown(core, post, metadata=True),
    }


def delete(core: Core, args: Json) -> Json:
    """chat.delete: take a message of the app's own away."""
    channel, post = _own(core, args, Code.CANT_DELETE_MESSAGE)
    core.team.remove(post)
    return {"channel": channel.id, "ts": post.ts}


def _length(text: str) -> int:
    """Count an update, whose limit may be one of bytes."""
    in_bytes = len(text.encode("utf-8", "surrogatepass"))
    return max(escaped_length(text, markup=True), in_bytes)


def _own(core: Core, args: Json, refusal: Code) -> tuple[Channel, Post]:
    channel = to_read(core, args.get("channel"))
    post = core.team.post(channel.id, as_text(args.get("ts")))
    if post is None:
        raise SlackError(Code.MESSAGE_NOT_FOUND)
    if not post.by_app:
        raise SlackError(refusal)
    if channel.archived:
        raise SlackError(Code.IS_ARCHIVED)
    return channel, post


def _new(core: Core, channel: Channel, args: Json, only_for: str | None = None) -> Post:
    args = _with_markdown(args)
    text = as_text(args.get("text"))
    blocks = check_message(text, args.get("blocks"), args.get("attachments"))
    metadata = check_metadata(args.get("metadata"))
    thread = as_text(args.get("thread_ts")) or None
    if thread is not None and not _is_parent(core, channel, thread):
        raise SlackError(Code.THREAD_NOT_FOUND)
    return Post(
        channel=channel.id,
        ts=core.team.ids.ts(),
        user=core.bot.user_id,
        text=text[:MESSAGE_TEXT],
        blocks=core.team.completion.blocks(blocks),
        thread_ts=thread,
        metadata=metadata,
        only_for=only_for,
        attachments=tuple(args.get("attachments") or ()),
    )


def _with_markdown(args: Json) -> Json:
    """Turn ``markdown_text`` into the block Slack makes of it; it goes with nothing else."""
    words = as_text(args.get("markdown_text"))
    if not words:
        return args
    if args.get("text") or args.get("blocks"):
        raise SlackError(Code.MARKDOWN_TEXT_CONFLICT)
    if escaped_length(words, markup=True) > MARKDOWN_TEXT:
        raise SlackError(Code.MSG_TOO_LONG)
    return {**args, "text": words, "blocks": [{"type": "markdown", "text": words}]}


def _is_parent(core: Core, channel: Channel, ts: str) -> bool:
    post = core.team.post(channel.id, ts)
    return post is not None and not post.is_reply


def _shown(core: Core, post: Post, *, metadata: bool) -> Json:
    return shown(post, core.bot, core.config.team_id, metadata=metadata)


def permalink(core: Core, args: Json) -> Json:
    """chat.getPermalink: where a message can be read."""
    channel = meant(core, args.get("channel"))
    ts = as_text(args.get("message_ts"))
    if core.team.post(channel.id, ts) is None:
        raise SlackError(Code.MESSAGE_NOT_FOUND)
    link = f"{core.url}archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}
