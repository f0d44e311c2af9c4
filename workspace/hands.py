"""A person's hands on elements: pressing, choosing, typing, and what that tells the app.

Owns turning one gesture into one ``block_actions``; submissions and commands are elsewhere.
"""

from dataclasses import dataclass, field

from workspace.checks.walk import shape_flaws
from workspace.deliveries import AppDidNotAnswer
from workspace.files import file_object
from workspace.filling import CannotDoThat, holding, offered
from workspace.limits.kinds import Parts, Shape
from workspace.payloads import Action, Payloads
from workspace.places import InMessage, InView, Place, Spot, Wanted
from workspace.reader import Reader
from workspace.seen import Home, Message, Modal
from workspace.surfaces import OpenView
from workspace.wire import Json

TROUBLE = "We had some trouble connecting. Try again?"
"""Slack's line where an app did not answer."""
NO_SUGGESTIONS = "Unable to load options"
"""Slack's line in a menu whose app did not answer."""
QUERY_LENGTH = 3
"""Characters Slack waits for before it asks for suggestions, unless the menu says otherwise."""
SUGGESTIONS = Shape(
    {"options": Parts(("option",), 100, 0), "option_groups": Parts(("option_group",), 100, 0)}
)
Surface = Message | Modal | Home
MOST_FILES = 10
"""Files a field takes where it does not say."""


@dataclass(slots=True)
class Hands(Reader):
    """One person using elements. ``menus`` holds what external menus suggested last."""

    menus: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    async def press(
        self,
        surface: Surface,
        action_id: str | None = None,
        *,
        value: str | None = None,
        label: str | None = None,
        block_id: str | None = None,
        index: int | None = None,
        confirm: bool = True,
    ) -> None:
        """Press a button or pick from an overflow menu, named by any of its marks.

        ``confirm`` answers the confirmation dialog of an element that has one. Raises
        :class:`CannotDoThat` and :class:`AppDidNotAnswer`.
        """
        place = self._place(surface)
        spot = Wanted(action_id, block_id, value, label, index).pick(place.blocks)
        if spot.element.get("confirm") and not confirm:
            return
        await self._act(place, spot, _pressed(spot, value))

    async def choose(
        self, surface: Surface, block_id: str, action_id: str | None, value: object
    ) -> None:
        """Pick in a menu, a date picker, boxes or radio buttons of any surface."""
        await self._hold(self._place(surface), Wanted(action_id, block_id), value, entered=True)

    async def suggest(
        self, surface: Surface, block_id: str, action_id: str | None, query: str
    ) -> list[Json]:
        """Type into an external menu and get the options the app suggests."""
        place = self._place(surface)
        spot = Wanted(action_id, block_id).pick(place.blocks)
        try:
            return await self._suggest(place, spot, query)
        except AppDidNotAnswer as fault:
            raise AppDidNotAnswer(fault.reason, NO_SUGGESTIONS) from None

    async def _suggest(self, place: Place, spot: Spot, query: str) -> list[Json]:
        if len(query) < spot.element.get("min_query_length", QUERY_LENGTH):
            return []
        payload = {
            **place.suggestion(self._payloads),
            "action_id": spot.element["action_id"],
            "block_id": spot.block["block_id"],
            "value": query,
        }
        answer = await self.core.deliveries.ask("interactive", "block_suggestion", payload)
        flaws = list(shape_flaws(answer, SUGGESTIONS, ""))
        if flaws:
            raise AppDidNotAnswer(str(flaws[0]))
        shown = offered(answer)
        self.menus[spot.block["block_id"], spot.element["action_id"]] = shown
        return shown

    @property
    def _payloads(self) -> Payloads:
        return Payloads(self.core, self.person_id)

    def _top(self) -> OpenView:
        view = self.core.surfaces.top(self.person_id)
        if view is None:
            raise CannotDoThat(f"{self.person_id} has no modal open")
        return view

    def _place(self, surface: Surface) -> Place:
        if isinstance(surface, Message):
            return InMessage(self.core, self.person_id, self.post_of(surface))
        view = self.core.surfaces.homes.get(self.person_id)
        if isinstance(surface, Modal):
            view = self._top()
        if view is None or view.id != surface.id:
            raise CannotDoThat(f"view {surface.id} is not in front of {self.person_id}")
        return InView(view)

    async def _hold(
        self, place: Place, wanted: Wanted, value: object, *, entered: bool, pauses: bool = True
    ) -> None:
        spot = wanted.pick(place.blocks)
        if spot.element["type"] == "file_input":
            value = self._chosen_files(spot.element, value)
        entry = holding(spot.element, value, await self._options(place, spot))
        place.values[spot.block["block_id"]][spot.element["action_id"]] = entry
        if isinstance(place, InView):
            self.core.surfaces.changed(place.view)
        if spot.dispatches_when(entered=entered, pauses=pauses):
            await self._act(place, spot, {k: v for k, v in entry.items() if k != "type"})

    def upload(self, name: str, content: bytes) -> str:
        """Send a file to Slack, for a form's file field; its id."""
        return self.core.files.sent(name, content, self.person_id).id

    def _chosen_files(self, element: Json, value: object) -> list[Json]:
        """Give the files a field is filled with, by the ids of what this person sent."""
        wanted = value if isinstance(value, list | tuple) else [value] if value else []
        if len(wanted) > element.get("max_files", MOST_FILES):
            raise CannotDoThat("there are more files than this field takes")
        found = [self.core.files.held.get(str(one)) for one in wanted]
        for stored in found:
            if stored is None or stored.person != self.person_id:
                raise CannotDoThat("there is no such file of this person's")
            kinds = element.get("filetypes")
            if kinds and stored.name.rpartition(".")[2].lower() not in kinds:
                raise CannotDoThat(f"this field takes {', '.join(kinds)} only")
        return [file_object(one, self.core.url, self.person_id) for one in found if one]

    async def _options(self, place: Place, spot: Spot) -> list[Json]:
        """Give what an external menu suggested last, asking once with nothing typed."""
        if "external" not in spot.element["type"]:
            return []
        known = self.menus.get((spot.block["block_id"], spot.element["action_id"]))
        return known if known is not None else await self._suggest(place, spot, "")

    async def _act(self, place: Place, spot: Spot, holds: Json) -> None:
        action = Action(spot.block["block_id"], spot.element, holds)
        payload = place.payload(self._payloads, action)
        try:
            await self.core.deliveries.ask("interactive", "block_actions", payload, answers=False)
        except AppDidNotAnswer as fault:
            if isinstance(place, InView):
                raise self._trouble(place.view, fault) from None
            raise AppDidNotAnswer(fault.reason, TROUBLE) from None

    def _trouble(self, view: OpenView, fault: AppDidNotAnswer) -> AppDidNotAnswer:
        view.line = TROUBLE
        self.core.surfaces.changed(view)
        return AppDidNotAnswer(fault.reason, TROUBLE)


def _pressed(spot: Spot, value: str | None) -> Json:
    """Give what pressing adds: nothing for a button, the option for an overflow menu."""
    if spot.element["type"] == "button":
        return {}
    chosen = [o for o in offered(spot.element) if o["value"] == value]
    if spot.element["type"] != "overflow" or not chosen:
        raise CannotDoThat(f"a {spot.element['type']} is not pressed; choose from it")
    return {"selected_option": chosen[0]}
