"""How much comes before one sees Today."""

import gzip
import re
from pathlib import Path

from tools.serve.page import DIST

LIMIT_KIB = 150
STATIC_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


def with_imports(files: set[Path]) -> set[Path]:
    """These files and whatever they cannot run without."""
    reached: set[Path] = set()
    waiting = set(files)
    while waiting:
        file = waiting.pop()
        reached.add(file)
        names = STATIC_IMPORT.findall(file.read_text())
        waiting |= {file.parent / name for name in names} - reached
    return reached


def test_the_first_load_is_light() -> None:
    assets = DIST / "assets"
    entry = set(re.findall(r'src="/assets/([\w.-]+\.js)"', (DIST / "index.html").read_text()))
    assert entry
    first = {assets / name for name in entry}
    first |= {next(assets.glob("TodayPage-*.js")), next(assets.glob("en-*.js"))}
    size = sum(len(gzip.compress(file.read_bytes())) for file in with_imports(first))
    assert size <= LIMIT_KIB * 1024, f"{size / 1024:.0f} KiB"
