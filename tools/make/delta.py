"""The statements that take a database from one catalogue to the next, as far as they follow by themselves."""

import re
from collections.abc import Iterable, Iterator

from tools.make.catalogue import Difference, compare
from tools.make.schemas import Statement
from tools.make.steps import Rank, Step, grant_steps, note

# As the catalogue prints them; the places are those of their captions in catalogue.sql.
COLUMN = re.compile(
    r"(?P<type>.+?)(?P<not_null> not null)?(?: default (?P<default>.+))? place \d+, identity (?P<rest>.*)"
)
SEED = "insert into {table}\nselect * from jsonb_populate_record(null::{table}, '{row}');"
RELATION_KINDS = {"r": "table", "p": "table", "v": "view", "m": "materialized view", "S": "sequence"}
GRANTED = {
    "grants on function": "function ",
    "grants on schema": "schema ",
    "grants on type": "type ",
    "grants on sequence": "sequence ",
    "grants on": "",
}
KINDS = [
    *("grants on column", *GRANTED, "comment on role", "comment on"),
    *("row of", "relation", "column", "constraint", "index", "function", "policy", "trigger", "type"),
]


class Delta:
    """From what the migrations make to what the schemas make."""

    def __init__(
        self, before: dict[str, str], after: dict[str, str], statements: Iterable[Statement]
    ) -> None:
        """`statements` are those of the schemas."""
        self._codes = [statement.code for statement in statements]
        dropped = {name for name in before if _is_dropped(before[name], after.get(name), name)}
        lost = {
            name
            for name in before
            if name.startswith(("grants on function ", "comment on function "))
            and re.sub(r"^\w+ on |pg_catalog\.", "", name) in dropped
        }
        self._before = {name: text for name, text in before.items() if name not in lost}
        self._after = after
        differences = compare(self._before, after)
        # What belongs to a new or dropped relation comes and goes with it.
        self._whole = {
            difference.name.removeprefix("relation ")
            for difference in differences
            if difference.name.startswith("relation ") and None in (difference.before, difference.after)
        }
        self.steps = sorted({step for difference in differences for step in self._steps(difference)})

    def script(self) -> str:
        """All steps, as the body of a migration."""
        has_functions = any(step.text.startswith("create or replace function") for step in self.steps)
        lines = [step.text for step in self.steps]
        if has_functions:
            lines = ["set check_function_bodies = off;", *lines, "set check_function_bodies = on;"]
        return "".join(f"{line}\n" for line in lines)

    def _steps(self, difference: Difference) -> Iterator[Step]:
        kind = next((kind for kind in KINDS if difference.name.startswith(f"{kind} ")), None)
        if kind is None:
            yield note(difference)
            return
        name = difference.name.removeprefix(f"{kind} ")
        if kind in GRANTED:
            yield from self._grants(GRANTED[kind] + name, difference)
        elif kind == "grants on column":
            yield from self._column_grants(name, difference)
        elif kind.startswith("comment on"):
            yield from self._comment(f"{kind.removeprefix('comment on').strip()} {name}".strip(), difference)
        else:
            steps = {
                "row of": self._seed,
                "relation": self._relation,
                "column": self._column,
                "constraint": self._constraint,
                "index": self._index,
                "function": self._function,
                "policy": self._hook,
                "trigger": self._hook,
                "type": self._type,
            }[kind]
            yield from steps(name, difference)

    def _declared(self, beginning: str) -> Step | None:
        """What the schemas say, at its place among the others."""
        for place, code in enumerate(self._codes):
            if re.match(rf"{re.escape(beginning)}\b", code):
                return Step(Rank.CREATE, place, code)
        return None

    def _relation(self, name: str, difference: Difference) -> Iterator[Step]:
        kind = _kind_of(difference.after or difference.before or "")
        if difference.after is None:
            yield Step(Rank.DROP, 1, f"drop {kind} if exists {name};")
            return
        created = self._declared(f"create {kind} {name}")
        if created and difference.before is None:
            yield created
        elif created and kind == "view":
            yield Step(
                created.rank, created.place, created.text.replace("create view", "create or replace view", 1)
            )
        elif not _differ_in_row_security_alone(difference):
            yield note(difference)
        is_protected = "row level security t" in difference.after
        if kind == "table" and is_protected != ("row level security t" in (difference.before or "")):
            word = "enable" if is_protected else "disable"
            yield Step(Rank.ROW, 0, f"alter table {name} {word} row level security;")

    def _seed(self, name: str, difference: Difference) -> Iterator[Step]:
        """A new row of the schemas; one that changes or goes may be in use, so a person decides."""
        table = name.partition(" ")[0]
        if difference.before is None:
            row = (difference.after or "").replace("'", "''")
            yield Step(Rank.SEED, 0, SEED.format(table=table, row=row))
        elif table not in self._whole:
            yield note(difference)

    def _column(self, name: str, difference: Difference) -> Iterator[Step]:
        table, _, column = name.rpartition(".")
        if table in self._whole:
            return
        if not self._after[f"relation {table}"].startswith("kind r"):
            # A view says its columns itself.
            if self._after[f"relation {table}"].startswith("kind c"):
                yield note(difference)
            return
        if difference.after is None:
            yield Step(Rank.COLUMN, 0, f"alter table {table} drop column {column};")
            return
        after = COLUMN.fullmatch(difference.after)
        if difference.before is None and after and after["rest"].startswith(", generated ,"):
            words = difference.after[: after.start("rest")].rpartition(" place ")[0]
            yield Step(Rank.COLUMN, 1, f"alter table {table} add column {column} {words};")
            return
        before = COLUMN.fullmatch(difference.before or "")
        if not before or not after or (before["type"], before["rest"]) != (after["type"], after["rest"]):
            yield note(difference)
            return
        if before["default"] != after["default"]:
            words = f"set default {after['default']}" if after["default"] else "drop default"
            yield Step(Rank.COLUMN, 2, f"alter table {table} alter column {column} {words};")
        if before["not_null"] != after["not_null"]:
            words = "set not null" if after["not_null"] else "drop not null"
            yield Step(Rank.COLUMN, 3, f"alter table {table} alter column {column} {words};")

    def _constraint(self, name: str, difference: Difference) -> Iterator[Step]:
        constraint, _, table = name.partition(" on ")
        if table in self._whole or "NOT NULL " in (difference.after or difference.before or "")[:9]:
            return
        if difference.before is not None:
            yield Step(Rank.DROP, 2, f"alter table {table} drop constraint {constraint};")
        if difference.after is not None:
            rule = difference.after.rpartition(", valid")[0]
            yield Step(Rank.CONSTRAINT, 0, f"alter table {table} add constraint {constraint} {rule};")

    def _index(self, name: str, difference: Difference) -> Iterator[Step]:
        backs = {
            key.removeprefix("constraint ").partition(" on ")[0]
            for key in (*self._before, *self._after)
            if key.startswith("constraint ")
        }
        words = difference.after or difference.before or ""
        table = words.partition(" ON ")[2].partition(" ")[0]
        if name.rpartition(".")[2] in backs or (difference.after is None and table in self._whole):
            return
        if difference.before is not None:
            yield Step(Rank.DROP, 3, f"drop index {name};")
        if difference.after is not None:
            yield Step(Rank.INDEX, 0, f"{words.rpartition(', valid')[0]};")

    def _function(self, name: str, difference: Difference) -> Iterator[Step]:
        if _is_dropped(difference.before, difference.after, difference.name):
            yield Step(Rank.DROP, 4, f"drop function {name};")
        if difference.after is not None:
            created = self._declared(f"create function {name.partition('(')[0]}")
            if created is None:
                yield note(difference)
            else:
                yield Step(
                    created.rank,
                    created.place,
                    created.text.replace("create function", "create or replace function", 1),
                )

    def _hook(self, name: str, difference: Difference) -> Iterator[Step]:
        """A policy or a trigger."""
        kind = difference.name.partition(" ")[0]
        if difference.before is not None and name.partition(" on ")[2] not in self._whole:
            yield Step(Rank.DROP, 0, f"drop {kind} {name};")
        if difference.after is not None:
            created = self._declared(f"create {kind} {name.partition(' on ')[0]}")
            yield Step(Rank.ROW, created.place, created.text) if created else note(difference)

    def _type(self, name: str, difference: Difference) -> Iterator[Step]:
        if name in self._whole and f"create type {name}" not in "".join(self._codes):
            return
        if difference.after is None:
            yield Step(Rank.DROP, 1, f"drop type if exists {name};")
            return
        created = self._declared(f"create type {name}")
        yield created if created and difference.before is None else note(difference)

    def _grants(self, target: str, difference: Difference) -> Iterator[Step]:
        is_row_type = target.startswith("type ") and f"create {target}" not in "\n".join(self._codes)
        if difference.after is None or is_row_type:
            return
        if target.startswith("type ") and difference.before is None:
            difference = Difference(difference.name, "USAGE to public", difference.after)
        yield from grant_steps(target, "", difference)

    def _column_grants(self, name: str, difference: Difference) -> Iterator[Step]:
        table, _, column = name.rpartition(".")
        if difference.after is None and f"column {name}" not in self._after:
            return
        yield from grant_steps(table, f" ({column})", difference)

    def _comment(self, target: str, difference: Difference) -> Iterator[Step]:
        kind, _, name = target.removeprefix("table ").partition(" ")
        if target.startswith("table ") and kind not in ("column", "constraint"):
            kind, name = "table", target.removeprefix("table ")
        if difference.after is None:
            if any(key.endswith(f" {name}") for key in self._after if not key.startswith("comment")):
                yield Step(Rank.COMMENT, 0, f"comment on {kind} {name} is null;")
        else:
            words = difference.after.replace("'", "''")
            yield Step(Rank.COMMENT, 0, f"comment on {kind} {name} is\n    '{words}';")


def _is_dropped(before: str | None, after: str | None, name: str) -> bool:
    """A function that goes, or returns something else: then it cannot be replaced."""
    if before is None or not name.startswith("function "):
        return False
    returns = [re.findall(r"^ RETURNS .*$", text or "", re.MULTILINE)[:1] for text in (before, after)]
    return returns[0] != returns[1]


def _kind_of(definition: str) -> str:
    letter = re.match(r"kind (\w)", definition)
    return RELATION_KINDS.get(letter[1], "type") if letter else "type"


def _differ_in_row_security_alone(difference: Difference) -> bool:
    texts = [
        re.sub(r"row level security \w", "", text or "") for text in (difference.before, difference.after)
    ]
    return texts[0] == texts[1]
