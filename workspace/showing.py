"""What people see, as JSON for a page. Owns the shapes of the ``/client`` answers."""

from dataclasses import asdict

from workspace.config import Channel
from workspace.reader import Reader
from workspace.seen import Button, Home, Message, Modal, Outcome
from workspace.wire import Json


def person_json(reader: Reader) -> Json:
    """Give a person, with how much they have not read."""
    person = reader.person
    return {**asdict(person), "unread": sum(reader.unread.values())}


def channel_json(reader: Reader, channel: Channel) -> Json:
    """Give a channel in a person's list; the direct message bears the app's name."""
    bot = reader.core.bot.name
    return {
        "id": channel.id,
        "name": channel.name if channel.person is None else bot,
        "is_dm": channel.person is not None,
        "archived": channel.archived,
        "unread": reader.unread[channel.id],
    }


def message_json(reader: Reader, message: Message) -> Json:
    """Give a message: its blocks as they are, its words, its author's name."""
    return {
        "type": "message",
        "channel": message.channel,
        "ts": message.ts,
        "user": message.user,
        "author": reader.name_of(message.user),
        "text": message.text,
        "plain": message.plain(),
        "blocks": list(message.blocks),
        "buttons": [_button(b) for b in message.buttons],
        "state": reader.chosen_in(message),
        "thread_ts": message.thread_ts,
        "replies": message.replies,
        "edited": message.edited,
        "ephemeral": message.ephemeral,
        "files": list(message.files),
    }


def _button(button: Button) -> Json:
    return asdict(button)


def modal_json(modal: Modal | None) -> Json | None:
    """Give the modal on top, with what is typed in it and what is wrong."""
    if modal is None:
        return None
    return {
        "type": "modal",
        "id": modal.id,
        "title": modal.title,
        "submit": modal.submit,
        "close": modal.close,
        "blocks": list(modal.blocks),
        "state": modal.state,
        "values": modal.values,
        "errors": modal.errors,
        "line": modal.line,
        "depth": modal.depth,
        "plain": modal.plain(),
    }


def home_json(home: Home | None) -> Json | None:
    """Give the Home tab."""
    if home is None:
        return None
    return {
        "type": "home",
        "id": home.id,
        "blocks": list(home.blocks),
        "state": home.state,
        "plain": home.plain(),
    }


def outcome_json(outcome: Outcome) -> Json:
    """Give what became of a submission."""
    return {
        "errors": outcome.errors,
        "closed": outcome.closed,
        "modal": modal_json(outcome.view),
    }


ADDRESSES = {"image_url", "thumb_url", "url", "url_private", "url_private_download"}
"""Keys that hold an address to open or to load a picture from."""


def at_host(value: object, own: str, asked: str) -> object:
    """Give what is shown with the workspace's own addresses under the one it was asked at."""
    if isinstance(value, list):
        return [at_host(one, own, asked) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: asked + held.removeprefix(own)
        if key in ADDRESSES and isinstance(held, str) and held.startswith(own)
        else at_host(held, own, asked)
        for key, held in value.items()
    }
