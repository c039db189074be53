"""One step of a migration, and the steps that need nothing but a difference."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from tools.make.catalogue import Difference


class Rank(IntEnum):
    """In which order the statements run."""

    NOTE = 0
    DROP = 1
    COLUMN = 2
    CREATE = 3
    CONSTRAINT = 4
    INDEX = 5
    SEED = 6
    ROW = 7
    GRANT = 8
    COMMENT = 9


@dataclass(frozen=True, order=True)
class Step:
    """A statement, or a comment where a person has to write one."""

    rank: Rank
    place: int
    text: str


def grant_steps(target: str, columns: str, difference: Difference) -> Iterator[Step]:
    before, after = (
        {line for line in (text or "").split("\n") if line and not line.endswith(" to postgres")}
        for text in (difference.before, difference.after)
    )
    for line in sorted(before - after):
        privilege, _, grantee = line.partition(" to ")
        role = grantee.removesuffix(" with grant option")
        yield Step(Rank.GRANT, 0, f"revoke {privilege.lower()}{columns} on {target} from {role};")
    for line in sorted(after - before):
        privilege, _, grantee = line.partition(" to ")
        yield Step(Rank.GRANT, 1, f"grant {privilege.lower()}{columns} on {target} to {grantee};")


def note(difference: Difference) -> Step:
    def quoted(text: str | None) -> str:
        return (text or "(not there)").replace("\n", "\n--     ")

    return Step(
        Rank.NOTE,
        1,
        f"-- Differs: {difference.name}\n"
        f"--   migrations: {quoted(difference.before)}\n"
        f"--   schemas: {quoted(difference.after)}",
    )
