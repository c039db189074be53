"""The table of roles in docs/technical.md, read."""

from dataclasses import dataclass
from pathlib import Path

TECHNICAL = Path(__file__).parents[2] / "docs" / "technical.md"
COLUMNS = ("admin", "operator", "viewer", "member", "device", "anon")


@dataclass(frozen=True)
class Cell:
    """What somebody may do: with everything there, and with what is the caller's own."""

    anything: frozenset[str]
    own: frozenset[str]


def read_matrix() -> dict[str, dict[str, Cell]]:
    """What there is → role → what that role may."""
    lines = iter(TECHNICAL.read_text().splitlines())
    header = "| what | " + " | ".join(COLUMNS) + " |"
    for line in lines:
        if line == header:
            break
    next(lines)
    matrix: dict[str, dict[str, Cell]] = {}
    for line in lines:
        if not line.startswith("|"):
            break
        name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        assert name not in matrix, f"{name} has two rows"
        assert len(cells) == len(COLUMNS), line
        matrix[name] = {role: _cell(text) for role, text in zip(COLUMNS, cells, strict=True)}
    return matrix


def _cell(text: str) -> Cell:
    anything: set[str] = set()
    own: set[str] = set()
    for part in text.split(";"):
        whose, _, words = part.rpartition(":")
        assert whose.strip() in ("", "own"), text
        (own if whose else anything).update(word for word in words.split() if word != "-")
    assert anything | own <= {"select", "insert", "update", "delete", "execute"}, text
    return Cell(frozenset(anything), frozenset(anything | own))
