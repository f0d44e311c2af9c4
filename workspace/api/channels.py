"""Which conversation a call means, and whether the app may speak or read there."""

from workspace.config import Channel
from workspace.core import Core
from workspace.wire import Code, Json, SlackError, as_text


def meant(core: Core, given: object) -> Channel:
    """Find a channel by id or ``#name``; raises ``channel_not_found``.

    A private channel the app is not in cannot be told from one that is not there.
    """
    wanted = as_text(given)
    named = (c for c in core.team.channels.values() if f"#{c.name}" == wanted)
    channel = core.team.channels.get(wanted) or next(named, None)
    if channel is None or (channel.private and not channel.bot_in):
        raise SlackError(Code.CHANNEL_NOT_FOUND)
    return channel


def to_post(core: Core, given: object) -> Channel:
    """Find where a message goes; a person's id means their direct message.

    Raises ``channel_not_found``, ``messages_tab_disabled``, ``is_archived`` or
    ``not_in_channel``.
    """
    person = core.team.people.get(as_text(given))
    if person is not None and not person.deleted and not person.is_bot:
        return _direct(core, core.team.open_dm(person.id))
    channel = _direct(core, meant(core, given))
    if channel.archived:
        raise SlackError(Code.IS_ARCHIVED)
    return _joined(channel)


def _direct(core: Core, channel: Channel) -> Channel:
    if channel.person is not None and not core.bot.messages_tab:
        raise SlackError(Code.MESSAGES_TAB_DISABLED)
    return channel


def to_read(core: Core, given: object) -> Channel:
    """Find a channel the app may read the messages of."""
    return _joined(meant(core, given))


def _joined(channel: Channel) -> Channel:
    if not channel.bot_in:
        raise SlackError(Code.NOT_IN_CHANNEL)
    return channel


def channel_object(core: Core, channel: Channel) -> Json:
    """Give a conversation as Slack shows it."""
    if channel.person is not None:
        return {
            "id": channel.id,
            "created": 0,
            "is_archived": False,
            "is_im": True,
            "is_org_shared": False,
            "context_team_id": core.config.team_id,
            "user": channel.person,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.private,
        "is_archived": channel.archived,
        "is_general": False,
        "is_member": channel.bot_in,
        "context_team_id": core.config.team_id,
        "num_members": len(channel.members) + channel.bot_in,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }
