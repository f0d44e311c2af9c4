"""conversations.*: opening direct messages, reading history and threads, listing."""

from workspace.api.channels import channel_object, meant, to_read
from workspace.api.paging import next_cursor, page
from workspace.config import Channel
from workspace.core import Core
from workspace.posts import Post, shown, with_thread
from workspace.team import later
from workspace.wire import Code, Json, SlackError, as_flag, as_text


def open_(core: Core, args: Json) -> Json:
    """conversations.open: the direct message with one person, opened once and kept."""
    users = [u for u in as_text(args.get("users")).split(",") if u]
    if args.get("channel"):
        found = meant(core, args["channel"])
        return {"no_op": True, "already_open": True, "channel": {"id": found.id}}
    if not users:
        raise SlackError(Code.USERS_LIST_NOT_SUPPLIED)
    if len(users) > 1:
        raise SlackError(Code.TOO_MANY_USERS)
    already = core.team.dm_of(users[0]) is not None
    channel = core.team.open_dm(_person(core, users[0]))
    body = channel_object(core, channel) if as_flag(args.get("return_im")) else {"id": channel.id}
    return {"no_op": already, "already_open": already, "channel": body}


def _person(core: Core, user: str) -> str:
    person = core.team.people.get(user)
    if person is None:
        raise SlackError(Code.USER_NOT_FOUND)
    if person.deleted:
        raise SlackError(Code.USER_DISABLED)
    if person.is_bot:
        raise SlackError(Code.CANNOT_DM_BOT)
    return person.id


def history(core: Core, args: Json) -> Json:
    """conversations.history: what stands in the channel, newest first, replies never."""
    channel = to_read(core, args.get("channel"))
    posts = _between(core.team.parents(channel.id), args)[::-1]
    chosen, cursor = page(posts, args)
    return {
        "messages": [_parent(core, post, args) for post in chosen],
        "has_more": bool(cursor),
        "pin_count": 0,
        **(next_cursor(cursor) if cursor else {}),
    }


def replies(core: Core, args: Json) -> Json:
    """conversations.replies: a parent, then its replies, oldest first."""
    channel = to_read(core, args.get("channel"))
    parent = core.team.post(channel.id, as_text(args.get("ts")))
    if parent is None:
        raise SlackError(Code.THREAD_NOT_FOUND)
    chosen, cursor = page(_between(core.team.replies(channel.id, parent.ts), args), args)
    return {
        "messages": [_parent(core, parent, args), *(_shown(core, post, args) for post in chosen)],
        "has_more": bool(cursor),
        **(next_cursor(cursor) if cursor else {}),
    }


def _between(posts: list[Post], args: Json) -> list[Post]:
    oldest = _bound(args.get("oldest"), Code.INVALID_TS_OLDEST)
    latest = _bound(args.get("latest"), Code.INVALID_TS_LATEST)
    inclusive = as_flag(args.get("inclusive"))
    return [
        p
        for p in posts
        if (not oldest or later(p.ts, oldest) or (inclusive and p.ts == oldest))
        and (not latest or later(latest, p.ts) or (inclusive and p.ts == latest))
    ]


def _bound(given: object, refusal: Code) -> str:
    text = as_text(given)
    if not text:
        return ""
    seconds, _, fraction = text.partition(".")
    if not seconds.isdecimal() or not (fraction or "0").isdecimal():
        raise SlackError(refusal)
    return f"{seconds}.{fraction[:6]:0<6}"


def _shown(core: Core, post: Post, args: Json) -> Json:
    wanted = as_flag(args.get("include_all_metadata"))
    return shown(post, core.bot, core.config.team_id, metadata=wanted)


def _parent(core: Core, post: Post, args: Json) -> Json:
    return with_thread(_shown(core, post, args), core.team.summary(post.channel, post.ts))


def info(core: Core, args: Json) -> Json:
    """conversations.info: one conversation."""
    return {"channel": channel_object(core, meant(core, args.get("channel")))}


def list_(core: Core, args: Json) -> Json:
    """conversations.list: the conversations of the asked types, public channels by default."""
    types = set(as_text(args.get("types") or "public_channel").replace(" ", "").split(","))
    skip = as_flag(args.get("exclude_archived"))
    seen = [
        c
        for c in core.team.channels.values()
        if _kind(c) in types and not (skip and c.archived) and (c.bot_in or not c.private)
    ]
    chosen, cursor = page(seen, args)
    return {"channels": [channel_object(core, c) for c in chosen], **next_cursor(cursor)}


def _kind(channel: Channel) -> str:
    if channel.person is not None:
        return "im"
    return "private_channel" if channel.private else "public_channel"


def members(core: Core, args: Json) -> Json:
    """conversations.members: the ids of those in a conversation, the app among them."""
    channel = meant(core, args.get("channel"))
    ids = sorted(channel.members) + ([core.bot.user_id] if channel.bot_in else [])
    chosen, cursor = page(ids, args)
    return {"members": chosen, **next_cursor(cursor)}
