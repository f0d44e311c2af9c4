"""Why a message could not be sent, and what to do about it, for each code it is set aside with.

It owns these sentences. Slack's codes come from `bot/fates.py`, which has a test that each of
them stands here.
"""

from typing import Final

_CHANGE_GONE: Final = (
    "the message to be changed is gone, or Slack does not let me change it any more",
    "Tell whoever it was for what has changed. Sending it again only helps if the message is back.",
)
_NOT_ALLOWED: Final = (
    "the channel's settings do not let me post there",
    "Let me post there, in the channel's settings, and then send it again.",
)
_NOBODY: Final = (
    "Slack knows nobody with the member id that I have for this person",
    "Correct the id in your people's file and import it; then send this again.",
)
_INACTIVE: Final = (
    "this person's account is no longer active",
    (
        "Tell whoever does this work now, and give them the role in your people's file. Send it "
        "again only if the account is active again."
    ),
)
_FORM: Final = (
    "Slack refused its layout, and then its plain text as well",
    (
        "This is a fault of mine: please tell whoever looks after me. Until it is mended, give the "
        "news to the person it was for."
    ),
)

_TROUBLES: Final[dict[str, tuple[str, str]]] = {
    "cannot_dm_bot": (
        "the member id that I have for this person is a bot's",
        "Correct the id in your people's file and import it; then send this again.",
    ),
    "cant_update_message": _CHANGE_GONE,
    "channel_not_found": (
        "Slack does not show me where it should go",
        (
            "Invite me to the channel, or correct its id in my settings and start me again. Where "
            "it was for a person, look whether they are still in the workspace. Then send it again."
        ),
    ),
    "edit_window_closed": _CHANGE_GONE,
    "is_archived": (
        "the channel is archived",
        (
            "Bring the channel back, or name another one in my settings and start me again. Then "
            "send it again."
        ),
    ),
    "message_not_found": _CHANGE_GONE,
    "messages_tab_disabled": (
        "my messages tab is switched off",
        "Switch it on under App Home in my settings at Slack, and then send it again.",
    ),
    "not_in_channel": (
        "I am not in the channel",
        "Invite me to the channel, and then send it again.",
    ),
    "restricted_action": _NOT_ALLOWED,
    "restricted_action_non_threadable_channel": (
        "the channel takes no replies",
        "Allow threads in the channel's settings, and then send it again.",
    ),
    "restricted_action_read_only_channel": _NOT_ALLOWED,
    "restricted_action_thread_locked": (
        "its thread is locked",
        "Unlock the thread, and then send it again.",
    ),
    "restricted_action_thread_only_channel": (
        "the channel takes nothing but replies",
        "Allow new messages in the channel's settings, and then send it again.",
    ),
    "thread_not_found": (
        "the message it replies to is gone",
        (
            "Give the news to the person it was for. Sending it again only helps if that message "
            "is back."
        ),
    ),
    "user_disabled": _INACTIVE,
    "user_not_found": _NOBODY,
    "user_not_visible": (
        "Slack does not let me see this person",
        "Ask whoever looks after your Slack to let me see them, and then send it again.",
    ),
    "users_not_found": _NOBODY,
    "invalid_blocks": _FORM,
    "invalid_blocks_format": _FORM,
    "metadata_too_large": _FORM,
    "msg_blocks_too_long": _FORM,
    "msg_too_long": _FORM,
    "no_text": _FORM,
    "recipient_inactive": _INACTIVE,
    "channel_unset": (
        "my settings name no channel for it",
        "Name the channel in my settings and start me again. Then send it again.",
    ),
    "no_answer": (
        "Slack gave no clear answer for 24 hours",
        "Press “Send it again”: I look for it in Slack first, so that it cannot come twice.",
    ),
    "not_wordable": (
        "I could not put it into words; another version of me may have written it",
        (
            "This is a fault of mine: please tell whoever looks after me. Once it is mended, send "
            "it again."
        ),
    ),
}

WHY: Final = {code: why for code, (why, _) in _TROUBLES.items()}
REMEDY: Final = {code: remedy for code, (_, remedy) in _TROUBLES.items()}
