"""How much comes before one sees Today."""

import gzip
import re
from pathlib import Path

from tools.serve.page import DIST
from tools.stack.processes import PROJECT

LIMIT_KIB = 105
WEB = PROJECT / "web" / "src"
SHOWN = re.compile(r'from "\.\./(\w+)/words"')
STATIC_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


def rooms_of_today() -> set[str]:
    """Whose words come with Today: those of time, and of the rooms whose components it shows."""
    shown = SHOWN.findall((WEB / "features" / "time" / "words.ts").read_text())
    return {"i18n", "app", "time", *shown}


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
    first |= {next(assets.glob("TodayPage-*.js"))}
    first |= {next(assets.glob(f"{room}.words.en-*.js")) for room in rooms_of_today()}
    size = sum(len(gzip.compress(file.read_bytes())) for file in with_imports(first))
    assert size <= LIMIT_KIB * 1024, f"{size / 1024:.0f} KiB"
