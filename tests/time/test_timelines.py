"""Whatever people do in whatever order between taps that come late, they see what the reference says."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.pairing.ledger import Ledger
from tests.support.patience import EXAMPLES
from tests.time.replay import Replay
from tests.time.timelines import Step, Sweep, Timeline, timelines

# The day is looked at right after it, hours later and when all has been forgotten.
AGES = (timedelta(0), timedelta(minutes=20), timedelta(hours=13), timedelta(days=200))

unhurried = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.timeout(3_600)
@settings(unhurried)
@given(timeline=timelines(), age=st.sampled_from(AGES))
@pytest.mark.usefixtures("clocked")
def test_acts_and_taps_in_any_order_give_what_the_reference_says(
    replay_ledger: Ledger, timeline: Timeline, age: timedelta
) -> None:
    replay = Replay(replay_ledger, timeline)
    with replay_ledger.connection.transaction(force_rollback=True):
        replay.begin()
        replay.play()
        replay.clock(replay.now + age)
        replay.compare()
        replay.take(Step(replay.now, Sweep()))
        replay.compare()
