"""`make lock`: write each package-lock.json so that `npm ci` takes it on every platform.

npm leaves out binaries for other platforms if its registry does not offer them, then refuses its own file.
"""

import json
import shutil
import subprocess
import sys
from typing import Any

from tools.stack.processes import PROJECT

FOLDERS = (PROJECT, PROJECT / "tools" / "pictures" / "lighthouse")
SYSTEMS = (
    "aix",
    "android",
    "darwin",
    "freebsd",
    "linux",
    "netbsd",
    "openbsd",
    "openharmony",
    "sunos",
    "win32",
)
PROCESSORS = {"arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"}
LIBRARIES = {"gnu": "glibc", "musl": "musl"}


def complete(packages: dict[str, Any]) -> dict[str, Any]:
    """Add the optional packages that others name and the file lacks."""
    named = {
        name: version.removeprefix("v")
        for package in packages.values()
        for name, version in package.get("optionalDependencies", {}).items()
    }
    missing = {
        f"node_modules/{name}": _entry(name, version)
        for name, version in named.items()
        if f"node_modules/{name}" not in packages
    }
    return dict(sorted({**packages, **missing}.items()))


def _entry(name: str, version: str) -> dict[str, Any]:
    """What such a package says of itself, read from its name: @rollup/rollup-linux-x64-musl."""
    words = name.rsplit("/", 1)[-1].replace("windows", "win32").split("-")
    systems = [word for word in words if word in SYSTEMS]
    processors = [word for word in words if word in PROCESSORS]
    libraries = [LIBRARIES[word] for word in words if word in LIBRARIES and systems == ["linux"]]
    if not (systems and processors):
        raise ValueError(f"Expected a name with a system and a processor, found {name}")
    # In npm's order.
    entry = {"version": version, "cpu": processors, "libc": libraries, "optional": True, "os": systems}
    return {key: value for key, value in entry.items() if value}


def main() -> int:
    """Bring each file in line with the package.json beside it, then complete it."""
    command = [shutil.which("npm") or "npm", "install", "--package-lock-only", "--ignore-scripts"]
    for folder in FOLDERS:
        subprocess.run(command, cwd=folder, check=True)
        file = folder / "package-lock.json"
        lock = json.loads(file.read_text())
        lock["packages"] = complete(lock["packages"])
        file.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
