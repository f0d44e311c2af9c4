"""What each person has open: a stack of modals, the Home tab, and what they typed.

Owns views, their ids and hashes. Checks no limits of blocks and delivers nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from workspace.changes import Change
from workspace.limits.surfaces import STACKED_VIEWS
from workspace.team import Team
from workspace.values import Values, carried, starting
from workspace.wire import Code, Json, SlackError


@dataclass(slots=True, eq=False)
class OpenView:
    """One view as a person has it before them. ``line`` is Slack's own line of trouble."""

    id: str
    person: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    line: str | None = None

    @property
    def blocks(self) -> list[Json]:
        """List the blocks, every id filled in."""
        return list(self.body["blocks"])

    def shown(self, team: Team) -> Json:
        """Give the view object of payloads and answers."""
        bot = team.config.bot
        return {
            "id": self.id,
            "team_id": team.config.team_id,
            "type": self.body["type"],
            "blocks": self.blocks,
            "private_metadata": self.body.get("private_metadata") or "",
            "callback_id": self.body.get("callback_id") or "",
            "state": {"values": self.values},
            "hash": self.hash,
            "title": self.body.get("title"),
            "clear_on_close": bool(self.body.get("clear_on_close")),
            "notify_on_close": bool(self.body.get("notify_on_close")),
            "close": self.body.get("close"),
            "submit": self.body.get("submit"),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id,
            "app_id": bot.app_id,
            "external_id": self.body.get("external_id") or "",
            "app_installed_team_id": team.config.team_id,
            "bot_id": bot.bot_id,
        }


@dataclass(slots=True)
class Surfaces:
    """Everybody's open views. A person has at most one stack of at most three."""

    team: Team
    stacks: dict[str, list[OpenView]] = field(default_factory=dict)
    homes: dict[str, OpenView] = field(default_factory=dict)
    in_messages: dict[tuple[str, str, str], Values] = field(default_factory=dict)

    def top(self, person: str) -> OpenView | None:
        """Give the view a person sees on top, if any."""
        stack = self.stacks.get(person)
        return stack[-1] if stack else None

    def open(self, person: str, body: Json) -> OpenView:
        """Open a modal: a new stack in place of any the person had open."""
        view = self._new(person, body)
        self.stacks[person] = [view]
        return self._said(view, "modal")

    def push(self, person: str, body: Json) -> OpenView:
        """Lay a modal on top; raises ``push_limit_reached`` on the fourth."""
        stack = self.stacks.get(person) or []
        if not stack:
            raise SlackError(Code.NOT_FOUND)
        if len(stack) >= STACKED_VIEWS:
            raise SlackError(Code.PUSH_LIMIT_REACHED)
        view = self._new(person, body, below=stack[-1])
        stack.append(view)
        return self._said(view, "modal")

    def update(self, view: OpenView, body: Json, given_hash: str = "") -> OpenView:
        """Put new content in a view; what was typed stays where ids and types are the same.

        Raises ``hash_conflict`` when a hash is given and is not the view's own.
        """
        if given_hash and given_hash != view.hash:
            raise SlackError(Code.HASH_CONFLICT)
        view.body = self._filled(body, view)
        view.values = carried(view.values, starting(view.blocks))
        view.hash = self._hash()
        view.errors, view.line = {}, None
        return self._said(view, "home" if body["type"] == "home" else "modal")

    def publish(self, person: str, body: Json, given_hash: str = "") -> OpenView:
        """Put content on a person's Home tab; the tab keeps its id."""
        home = self.homes.get(person)
        if home is not None:
            return self.update(home, body, given_hash)
        view = self._new(person, body)
        self.homes[person] = view
        return self._said(view, "home")

    def find(self, view_id: str = "", external_id: str = "") -> OpenView:
        """Find an open view by its id or the app's own; raises ``not_found``."""
        for view in self.everywhere():
            if view_id and view.id == view_id:
                return view
            if external_id and view.body.get("external_id") == external_id:
                return view
        raise SlackError(Code.NOT_FOUND)

    def everywhere(self) -> Iterator[OpenView]:
        """Go through every open view of everybody."""
        yield from chain(chain.from_iterable(self.stacks.values()), self.homes.values())

    def remove(self, view: OpenView) -> None:
        """Take one modal away, wherever it is in the stack; the one below shows again."""
        stack = self.stacks.get(view.person, [])
        if view in stack:
            stack.remove(view)
        self.team.changes.announce(Change("modal", view.person))

    def clear(self, person: str) -> None:
        """Take every modal of a person away."""
        self.stacks[person] = []
        self.team.changes.announce(Change("modal", person))

    def changed(self, view: OpenView) -> None:
        """Say that what a view shows changed: an error line, a typed value."""
        self._said(view, "home" if view.body["type"] == "home" else "modal")

    def _said(self, view: OpenView, kind: str) -> OpenView:
        self.team.changes.announce(Change("home" if kind == "home" else "modal", view.person))
        return view

    def _new(self, person: str, body: Json, below: OpenView | None = None) -> OpenView:
        view_id = self.team.ids.next("V")
        filled = self._filled(body, None)
        return OpenView(
            id=view_id,
            person=person,
            body=filled,
            hash=self._hash(),
            root_id=below.root_id if below else view_id,
            previous_id=below.id if below else None,
            values=starting(filled["blocks"]),
        )

    def _filled(self, body: Json, replaced: OpenView | None) -> Json:
        external = body.get("external_id")
        others = (v for v in self.everywhere() if v is not replaced)
        if external and any(v.body.get("external_id") == external for v in others):
            raise SlackError(Code.DUPLICATE_EXTERNAL_ID)
        return {**body, "blocks": list(self.team.completion.blocks(body["blocks"]))}

    def _hash(self) -> str:
        return f"{self.team.ids.ts()}.{self.team.ids.next('h')}"
