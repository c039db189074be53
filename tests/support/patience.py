"""How many random examples the property tests take: 200, or what `make test-long` says."""

import os

EXAMPLES = int(os.environ.get("GATEBOOK_EXAMPLES", "200"))
