"""axe: what a screen reader or a keyboard would stumble over."""

import json
from typing import Any

from tools.pictures.visitor import Visitor
from tools.stack.processes import PROJECT

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
RUN = "async () => (await window.axe.run(document, {resultTypes: ['violations']})).violations"


def violations(someone: Visitor) -> list[str]:
    """What axe finds serious or worse on the page as it stands."""
    # Given to the browser, not to the page, whose policy rightly lets no script in.
    someone.page.evaluate(f"{AXE.read_text()}\n;0")
    found: list[dict[str, Any]] = someone.page.evaluate(RUN)
    return [
        f"{each['id']}: {json.dumps([node['html'][:160] for node in each['nodes']][:3])}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
