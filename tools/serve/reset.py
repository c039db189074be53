"""`make reset`: clear what `make run` has stored."""

import sys

from tools.stack.home import Home
from tools.stack.processes import LocalError


def main() -> int:
    """Refuse while it runs."""
    home = Home.from_environment()
    try:
        home.reset()
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Cleared the data in {home.folder} and {home.env_file.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
