"""How many random examples the property tests take."""

import os

EXAMPLES = int(os.environ.get("GATEBOOK_EXAMPLES", "200"))
