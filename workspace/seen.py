"""What a person has before them: messages, modals and the Home tab, as frozen views.

Owns the values the client hands out; they do not change when the workspace does.
"""

from dataclasses import dataclass, field

from workspace.checks.blocks import elements_of
from workspace.posts import Post
from workspace.reading import Names, marked_up, unescaped, words
from workspace.surfaces import OpenView
from workspace.values import Values, held
from workspace.wire import Json


@dataclass(frozen=True, slots=True)
class Button:
    """A button as it can be pressed."""

    label: str
    action_id: str
    block_id: str
    value: str | None = None
    url: str | None = None


def buttons(blocks: tuple[Json, ...]) -> tuple[Button, ...]:
    """List every button of blocks, in the order of reading."""
    return tuple(
        Button(
            unescaped(e["text"]["text"]),
            e["action_id"],
            b["block_id"],
            e.get("value"),
            e.get("url"),
        )
        for b in blocks
        for e in elements_of(b)
        if e["type"] == "button"
    )


@dataclass(frozen=True, slots=True)
class Message:
    """One message as a person sees it. ``replies`` counts its thread."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...]
    thread_ts: str | None
    edited: bool
    ephemeral: bool
    replies: int
    files: tuple[Json, ...]
    names: Names = field(repr=False, compare=False)

    def plain(self) -> str:
        """Give all words a reader sees; blocks stand before the text, as in Slack."""
        if self.blocks:
            return "\n".join(words(self.blocks, self.names))
        return marked_up(self.text, self.names)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons in the message."""
        return buttons(self.blocks)


@dataclass(frozen=True, slots=True)
class Modal:
    """The modal a person has on top. ``line`` is Slack's own line of trouble."""

    id: str
    title: str
    submit: str | None
    close: str | None
    blocks: tuple[Json, ...]
    state: Values
    errors: dict[str, str]
    line: str | None
    callback_id: str
    private_metadata: str
    depth: int
    names: Names = field(repr=False, compare=False)

    @property
    def values(self) -> dict[str, object]:
        """What each input holds, by block id: bare text, option values, ids or lists of them."""
        return {
            block: _bare(held(entry))
            for block, actions in self.state.items()
            for entry in actions.values()
        }

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons in the modal's blocks."""
        return buttons(self.blocks)

    def plain(self) -> str:
        """Give all words a reader sees: title, blocks, values, errors and the two buttons."""
        lines = [self.title, *words(self.blocks, self.names, self.state)]
        lines += [*self.errors.values(), self.line or ""]
        lines += [f"[{label}]" for label in (self.submit, self.close) if label]
        return "\n".join(line for line in lines if line)


def _bare(value: object) -> object:
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return value["value"] if isinstance(value, dict) and "value" in value else value


@dataclass(frozen=True, slots=True)
class Home:
    """A person's Home tab."""

    id: str
    blocks: tuple[Json, ...]
    state: Values
    names: Names = field(repr=False, compare=False)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons on the tab."""
        return buttons(self.blocks)

    def plain(self) -> str:
        """Give all words a reader sees."""
        return "\n".join(words(self.blocks, self.names, self.state))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a submission. ``view`` is the modal now on top, if any."""

    errors: dict[str, str]
    closed: bool
    view: Modal | None


def message_seen(post: Post, replies: int, names: Names) -> Message:
    """Give a message as a person sees it."""
    return Message(
        channel=post.channel,
        ts=post.ts,
        user=post.user,
        text=post.text,
        blocks=post.blocks,
        thread_ts=post.thread_ts,
        edited=post.edited is not None,
        ephemeral=post.only_for is not None,
        replies=replies,
        files=post.files,
        names=names,
    )


def modal_seen(view: OpenView, depth: int, names: Names) -> Modal:
    """Give a modal as a person sees it."""
    return Modal(
        id=view.id,
        title=_label(view.body.get("title")) or "",
        submit=_label(view.body.get("submit")),
        close=_label(view.body.get("close")),
        blocks=tuple(view.blocks),
        state={block: dict(actions) for block, actions in view.values.items()},
        errors=dict(view.errors),
        line=view.line,
        callback_id=view.body.get("callback_id") or "",
        private_metadata=view.body.get("private_metadata") or "",
        depth=depth,
        names=names,
    )


def _label(text: Json | None) -> str | None:
    return None if text is None else unescaped(text["text"])
