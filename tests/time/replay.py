"""A timeline, played in the database and told to the reference, step by step."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, LiteralString

from psycopg.types.json import Jsonb

from tests.pairing.ledger import Ledger, Row, shown
from tests.pairing.reference import Entry, Event
from tests.pairing.strategies import EPOCH
from tests.time.reference import Correction, Shown, correct, order, show
from tests.time.timelines import (
    FIRST_INPUTS,
    Configure,
    Correct,
    Patch,
    Put,
    Relabel,
    Step,
    Sweep,
    Timeline,
    World,
)

ROWS: LiteralString = """
    select t.*, g.uid as tag_uid, s.mode
    from public.time_entries as t
    join public.tags as g on g.id = t.tag_id
    left join lateral (
        select s.mode from public.pairing_settings as s
        where s.device_id = t.device_id and s.valid_from <= coalesce(t.claim_started_at, t.started_at)
        order by s.valid_from desc limit 1
    ) as s on true
    where t.organization_id = %s and t.stream_id is not null
"""


class Replay:
    """The database and the reference side by side."""

    def __init__(self, ledger: Ledger, timeline: Timeline) -> None:
        self.ledger = ledger
        self.timeline = timeline
        self.world = World(timeline.moments)
        self.corrections: list[Correction] = []
        self.now = EPOCH
        self.names = {uid: name for name, uid in ledger.ids.items()}

    def begin(self) -> None:
        """Put in force what holds from the beginning."""
        self.clock(EPOCH)
        for row in FIRST_INPUTS.settings:
            self._execute("update public.devices set mode = %s where id = %s", row.mode, row.device)
        for assignment in FIRST_INPUTS.assignments:
            self._execute(
                "update public.tags set person_id = %s, project_id = %s where id = %s",
                assignment.person,
                assignment.project,
                assignment.tag,
            )

    def play(self, check: Callable[[], None] | None = None) -> None:
        for step in self.timeline.steps:
            self.clock(step.at)
            self.take(step)
            if check:
                check()

    def clock(self, at: datetime) -> None:
        self.now = at
        self.ledger.set_clock(at)

    def take(self, step: Step) -> None:
        what, world = step.what, self.world
        match what:
            case Event():
                self.ledger.record_events(what.device, [what])
                world.events.append(what)
            case Sweep():
                with self.ledger.as_role("service_role"):
                    self.ledger.query("select public.sweep()")
            case Relabel():
                since = world.since(what.since, self.now)
                self._ask(
                    "select public.relabel_tag(%s, %s, %s, %s)", what.tag, what.person, what.project, since
                )
                world.relabel(what, since)
            case Configure():
                since = world.since(what.since, self.now)
                self._ask(
                    "select public.set_pairing_settings(%s, null, null, %s, %s, %s)",
                    self.ledger.organization,
                    what.debounce_seconds,
                    what.max_entry_hours,
                    since,
                )
                world.configure(what, since)
            case Patch():
                if world.patch(what, self.now):
                    self._execute(
                        "update public.devices set mode = %s, person_id = %s where id = %s",
                        what.mode,
                        what.owner,
                        what.device,
                    )
            case Put():
                if world.put(what, self.now):
                    self._put(what)
            case Correct():
                self.correct(what)

    def _put(self, what: Put) -> None:
        at = self.now if what.is_archived else None
        if what.name in ("ann", "bob"):
            self._execute("update public.people set archived_at = %s where id = %s", at, what.name)
        else:
            self._execute("update public.tags set archived_at = %s where id = %s", at, what.name)

    def correct(self, act: Correct) -> None:
        """Correct the entry of this number in both, if that is possible."""
        self.compare()
        choices = [s for s in self.shown() if not s.is_deleted or act.kind == "restore"]
        if act.kind == "restore":
            choices = [s for s in choices if s.correction]
        if not choices:
            return
        chosen = choices[act.number % len(choices)]
        if sum(_identity(other) == _identity(chosen) for other in choices) > 1:
            return  # nobody could tell them apart
        done = correct(chosen, act.kind, self.now)
        if done is None:
            return
        after, said = done
        archived = {archive.name for archive in self.world.inputs.archives}
        if said.get("person") in archived and said["person"] != chosen.entry.person:
            return  # by hand nothing is given to who is archived; test_time_and_acts.py has the refusal
        row = self._row_of(chosen)
        self._correct_row(row, act.kind, said)
        self.corrections = [c for c in self.corrections if c is not chosen.correction]
        if after:
            self.corrections.append(after)

    def _correct_row(self, row: Row, kind: str, said: dict[str, object]) -> None:
        match kind:
            case "delete":
                self._ask("select public.delete_time_entry(%s, null, 'No.')", row["id"])
            case "restore":
                self._ask("select public.restore_time_entry(%s, 'As it was.')", row["id"])
            case "split":
                self._ask(
                    "select public.split_time_entry(%s, null, %s, 'Two.', %s)",
                    row["id"],
                    said["split_at"],
                    "blue",
                )
            case _:
                changes = {
                    f"{name}_id" if name in ("person", "project") else name: value.isoformat()
                    if isinstance(value, datetime)
                    else self.ledger.ids.get(str(value))
                    for name, value in said.items()
                }
                self._ask(
                    "select public.change_time_entry(%s, null, %s, 'So it was.')", row["id"], Jsonb(changes)
                )

    def shown(self) -> list[Shown]:
        return show(self.world.events, self.world.inputs, self.corrections, self.now)

    def rows(self) -> list[Row]:
        """The rows as of the clock: what is past its limit has ended, whether or not it was swept."""
        rows = self.ledger.query(ROWS, [self.ledger.organization])
        for row in rows:
            if row["ended_at"] is None and row["limit_at"] < self.now:
                row["ended_at"] = row["limit_at"]
                row["flags"] = [*row["flags"], "auto_closed"]
        return rows

    def entry_of(self, row: Row) -> Entry:
        return Entry(
            row["mode"],
            self.names[row["device_id"]],
            row["tag_uid"],
            self.names.get(row["person_id"]),
            self.names.get(row["project_id"]),
            row["started_at"],
            row["ended_at"],
            tuple(sorted(row["flags"])),
        )

    def _row_of(self, wanted: Shown) -> Row:
        for row in self.rows():
            same_claim = wanted.correction is None or row["claim_started_at"] == wanted.correction.anchor
            is_deleted = row["deleted_at"] is not None
            if (order(self.entry_of(row)), is_deleted) == _identity(wanted) and same_claim:
                return row
        raise AssertionError(f"The database has no row of {wanted}\nin\n{self.timeline}")

    def found(self) -> list[Entry]:
        return sorted((self.entry_of(row) for row in self.rows() if row["deleted_at"] is None), key=order)

    def compare(self) -> None:
        """What people see is what the reference says they see."""
        expected = [s.entry for s in self.shown() if not s.is_deleted]
        found = self.found()
        if found != expected:
            corrections = "".join(f"\n  {c}" for c in self.corrections)
            raise AssertionError(
                f"\n{self.timeline}\nat {self.now:%d %H:%M:%S.%f}: the database has{shown(found)}"
                f"\nand should have{shown(expected)}\ncorrections:{corrections}"
            )

    def _ask(self, statement: LiteralString, *arguments: Any) -> None:
        with self.ledger.signed_in():
            self.ledger.query(statement, [self._id(argument) for argument in arguments])

    def _execute(self, statement: LiteralString, *arguments: Any) -> None:
        self.ledger.connection.execute(statement, [self._id(argument) for argument in arguments])

    def _id(self, argument: Any) -> Any:
        return self.ledger.ids.get(argument, argument) if isinstance(argument, str) else argument


def _identity(shown: Shown) -> tuple[tuple[object, ...], bool]:
    return order(shown.entry), shown.is_deleted
