"""Runs flows as the bot does: each in one transaction of its own on a real database."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlmodel import Session, select

from bot.rehearsal.parts import Part
from flows import posting, tick
from flows.report_target import take_figure
from flows.submit_return import Submitted, submit
from messages.notices import Notice
from rules.answers import CommentaryAnswer, FigureAnswer
from rules.quarters import Quarter
from store import outbox, people, returns, targets
from store.database import Database
from store.outbox import LedgerLine
from store.returns import ReturnRecord
from store.tables import AuditEntry
from tests.sample import OPENS, QUARTER, commentary_step, figure_step, london

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

SILENT = ("LAA1-02", "LAA1-03", "LAA2-NI154")
"""Amber before, green before, and one of its lead's two targets: the last to be reported."""
SECOND_DAY = london(10, 2, 10)


class Office:
    """A database in use, with targets by reference and people by label."""

    def __init__(self, url: str, parts: Mapping[str, Part]) -> None:
        self.database = Database(url)
        self.parts = parts
        with self.database.reading() as session:
            everyone = people.everyone(session)
            self.numbers = {
                one.ref: one.number for one in targets.programme(session, QUARTER, OPENS.date())
            }
        self.people = {one.label: one.number for one in everyone}
        self.slack_ids = {one.label: one.slack_id for one in everyone}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()

    def do(
        self,
        flow: Callable[Concatenate[Session, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run one flow in one write transaction."""
        with self.database.writing() as session:
            return flow(session, *args, **kwargs)

    def tick(self, now: datetime) -> list[str]:
        """Do every stage that is due, as the ticker does; the names of those done or passed."""
        done: list[str] = []
        while new := [
            due.stage.name for due in self.do(tick.due_now, now) if self.do(tick.do, due, now)
        ]:
            done += new
        return done

    def figure(self, label: str, ref: str, now: datetime, answer: FigureAnswer) -> object:
        """Somebody sends the first step of a return."""
        return self.do(take_figure, self.slack_ids[label], self.numbers[ref], QUARTER, answer, now)

    def commentary(
        self, label: str, ref: str, now: datetime, answer: CommentaryAnswer, form: str
    ) -> object:
        """Somebody sends the second step of a return, in a form by name."""
        number = self.numbers[ref]
        return self.do(submit, self.slack_ids[label], number, QUARTER, answer, form, now)

    def report(self, ref: str, now: datetime, label: str | None = None) -> Submitted:
        """A target's lead, or whoever is named, reports what the data say."""
        part = self.parts[ref]
        by = label or part.lead or ""
        self.figure(by, ref, now, figure_step(part))
        sent = self.commentary(by, ref, now, commentary_step(part), f"{by} {ref} {now}")
        assert isinstance(sent, Submitted), f"{ref}: {sent}"
        return sent

    def ledger(self, kind: str | None = None) -> list[LedgerLine]:
        """The messages that were due, of one kind or of all."""
        return [line for line in self.do(outbox.ledger) if kind is None or line.kind == kind]

    def keys(self, kind: str | None = None) -> list[str]:
        """The keys of the messages that were due."""
        return [line.key for line in self.ledger(kind)]

    def told(self, kind: str) -> set[str]:
        """The labels of the people who were sent a kind of message."""
        labels = {number: label for label, number in self.people.items()}
        return {labels[line.to_person] for line in self.ledger(kind) if line.to_person}

    def said(self, key: str) -> Notice:
        """What was last kept to be said under a key."""
        found = self.do(posting.said, key)
        assert found is not None, key
        return found

    def record(self, ref: str, quarter: Quarter = QUARTER) -> ReturnRecord:
        """The return of a target that counts."""
        return self.do(returns.in_quarter, quarter)[self.numbers[ref]]

    def audit(self) -> list[tuple[str, str]]:
        """Every entry of the audit, oldest first, as action and subject."""
        with self.database.reading() as session:
            entries = session.exec(select(AuditEntry).order_by("id"))
            return [(entry.action, entry.subject) for entry in entries]

    def audited(self, action: str) -> list[AuditEntry]:
        """The audit's entries of one action, oldest first."""
        with self.database.reading() as session:
            entries = session.exec(select(AuditEntry).order_by("id"))
            return [entry for entry in entries if entry.action == action]
