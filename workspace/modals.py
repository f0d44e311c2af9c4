"""A person in a modal: filling in, submitting, closing.

Owns the order of a submission: Slack's own checks, the app's answer, what it does to the stack.
"""

import contextlib
from dataclasses import dataclass

from workspace.answers import submission_taken
from workspace.deliveries import AppDidNotAnswer
from workspace.filling import problems
from workspace.hands import Hands
from workspace.places import InView, Wanted
from workspace.seen import Outcome
from workspace.surfaces import OpenView


@dataclass(slots=True)
class ModalHands(Hands):
    """One person using modals."""

    async def fill(
        self,
        block_id: str,
        value: object,
        *,
        action_id: str | None = None,
        entered: bool = True,
        pauses: bool = True,
    ) -> None:
        """Fill in a field of the open modal; ``entered`` presses Enter after text.

        Tells the app where the block dispatches actions; of text only if the person ``pauses``.
        """
        view = self._top()
        view.errors.pop(block_id, None)
        wanted = Wanted(action_id, block_id)
        await self._hold(InView(view), wanted, value, entered=entered, pauses=pauses)

    async def submit(self) -> Outcome:
        """Press the modal's own button.

        Faults Slack finds itself come back as errors and nothing is sent. Raises
        :class:`AppDidNotAnswer`; the modal then stays as it was, with a line of trouble.
        """
        view = self._top()
        view.line, view.errors = None, problems(view.blocks, view.values)
        if not view.errors:
            await self._submit(view)
        self.core.surfaces.changed(view)
        is_open = view in self.core.surfaces.stacks.get(self.person_id, [])
        return Outcome(dict(view.errors), not is_open, self.modal)

    async def _submit(self, view: OpenView) -> None:
        payload = self._payloads.submission(view)
        try:
            answer = await self.core.deliveries.ask("interactive", "view_submission", payload)
            submission_taken(self.core, view, answer)
        except AppDidNotAnswer as fault:
            raise self._trouble(view, fault) from None

    async def close(self, *, everything: bool = False) -> None:
        """Close the modal on top, or the whole stack. Apps that asked are told."""
        view = self._top()
        everything = everything or bool(view.body.get("clear_on_close"))
        stack = self.core.surfaces.stacks[self.person_id]
        closed = list(reversed(stack)) if everything else [view]
        for one in closed:
            self.core.surfaces.remove(one)
        for one in closed:
            if one.body.get("notify_on_close"):
                payload = self._payloads.closed(one, cleared=everything)
                with contextlib.suppress(AppDidNotAnswer):
                    await self.core.deliveries.ask(
                        "interactive", "view_closed", payload, answers=False
                    )
