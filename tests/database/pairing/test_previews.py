"""What a change of the past would change is said before, and by that nothing changes."""

from datetime import timedelta

from tests.database.pairing.book import Book, Connection
from tests.database.pairing.reference import Inputs
from tests.database.pairing.test_corrections import EIGHT, EPOCH, HOUR, A, insert, removal, spans

PREVIEW = "select public.preview_pairing_settings(%s, %s, %s, null, null, %s) as answer"
CHANGE = PREVIEW.replace("preview_", "set_")
MINUTE = timedelta(minutes=1)


def test_a_preview_of_rules_counts_what_the_change_then_changes(connection: Connection) -> None:
    book = Book.create(connection, ["desk"], [A], ["ann"], [])
    book.put_in_force(Inputs())
    for hours in (0, 1):
        left_at = EIGHT + hours * HOUR + 10 * MINUTE
        for tap in (
            insert(left_at - 10 * MINUTE),
            removal(left_at),
            insert(left_at + MINUTE),
            removal(left_at + 5 * MINUTE),
        ):
            book.record_events("desk", [tap])
    before = spans(book)
    settings = book.query("select to_jsonb(s) as row from public.pairing_settings as s order by s.id")
    assert len(before) == 4

    with book.signed_in():
        wanted = [book.organization, None, 90, EPOCH]
        foreseen = book.query(PREVIEW, wanted)[0]["answer"]
    assert spans(book) == before
    assert book.query("select to_jsonb(s) as row from public.pairing_settings as s order by s.id") == settings

    with book.signed_in():
        assert book.query(CHANGE, wanted)[0]["answer"] == foreseen
    # Two entries grew and two were never apart from them.
    assert foreseen["entries_changed"] == 4
    assert len(spans(book)) == 2
