"""files.*: the two calls on either side of an upload, and looking at a file."""

from workspace.api.channels import to_post
from workspace.core import Core
from workspace.files import file_object
from workspace.posts import Post
from workspace.wire import Code, Json, SlackError, as_text


def info(core: Core, args: Json) -> Json:
    """files.info: one file."""
    stored = core.files.held.get(as_text(args.get("file")))
    if stored is None or stored.content is None:
        raise SlackError(Code.FILE_NOT_FOUND)
    return {"file": file_object(stored, core.url, core.bot.user_id)}


def get_upload_url(core: Core, args: Json) -> Json:
    """files.getUploadURLExternal: where to send so many bytes under a name."""
    name, length = as_text(args.get("filename")), as_text(args.get("length"))
    if not name or not length.isdecimal() or int(length) == 0:
        raise SlackError(Code.INVALID_ARGUMENTS)
    stored = core.files.expect(name, int(length), as_text(args.get("alt_txt")))
    return {"upload_url": f"{core.url}upload/{stored.id}", "file_id": stored.id}


def complete_upload(core: Core, args: Json) -> Json:
    """files.completeUploadExternal: share what was uploaded, as one message of the app."""
    wanted = args.get("files")
    if not isinstance(wanted, list) or not wanted:
        raise SlackError(Code.INVALID_ARGUMENTS)
    channel = to_post(core, args["channel_id"]) if args.get("channel_id") else None
    done = [core.files.complete(as_text(f.get("id")), as_text(f.get("title"))) for f in wanted]
    files = tuple(file_object(stored, core.url, core.bot.user_id) for stored in done)
    if channel is not None:
        core.team.keep(
            Post(
                channel=channel.id,
                ts=core.team.ids.ts(),
                user=core.bot.user_id,
                text=as_text(args.get("initial_comment")),
                thread_ts=as_text(args.get("thread_ts")) or None,
                files=files,
            )
        )
    return {"files": list(files)}
