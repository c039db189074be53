"""What a change of the past would change is said before, and by that nothing changes."""

from datetime import timedelta

from tests.pairing.desk import EIGHT, EPOCH, HOUR, A, insert, removal
from tests.pairing.ledger import Connection, Ledger
from tests.pairing.reference import Inputs
from tests.time.corrections import spans

PREVIEW = "select public.preview_pairing_settings(%s, %s, %s, null, null, %s) as answer"
CHANGE = PREVIEW.replace("preview_", "set_")
MINUTE = timedelta(minutes=1)


def test_a_preview_of_rules_counts_what_the_change_then_changes(connection: Connection) -> None:
    ledger = Ledger.create(connection, ["desk"], [A], ["ann"], [])
    ledger.put_in_force(Inputs())
    for hours in (0, 1):
        left_at = EIGHT + hours * HOUR + 10 * MINUTE
        for tap in (
            insert(left_at - 10 * MINUTE),
            removal(left_at),
            insert(left_at + MINUTE),
            removal(left_at + 5 * MINUTE),
        ):
            ledger.record_events("desk", [tap])
    before = spans(ledger)
    settings = ledger.query("select to_jsonb(s) as row from public.pairing_settings as s order by s.id")
    assert len(before) == 4

    with ledger.signed_in():
        wanted = [ledger.organization, None, 90, EPOCH]
        foreseen = ledger.query(PREVIEW, wanted)[0]["answer"]
    assert spans(ledger) == before
    assert (
        ledger.query("select to_jsonb(s) as row from public.pairing_settings as s order by s.id") == settings
    )

    with ledger.signed_in():
        assert ledger.query(CHANGE, wanted)[0]["answer"] == foreseen
    # Two entries grew and two were never apart from them.
    assert foreseen["entries_changed"] == 4
    assert len(spans(ledger)) == 2
