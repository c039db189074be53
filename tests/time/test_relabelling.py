"""Who may say what a tag has meant."""

from datetime import timedelta

import psycopg
import pytest

from tests.pairing.desk import EIGHT, EPOCH, HOUR, A, insert, removal
from tests.pairing.ledger import Connection, Ledger, add_member
from tests.pairing.reference import Assignment, Inputs
from tests.time.corrections import entries

RELABEL = "select public.relabel_tag(%s, %s, null, %s)"


@pytest.fixture
def handed_on(connection: Connection) -> tuple[Ledger, str]:
    """Bob's tag until noon, Ann's since; Ann's account, a member's."""
    ledger = Ledger.create(connection, ["desk"], [A], ["ann", "bob"], [])
    noon = EIGHT + 4 * HOUR
    ledger.put_in_force(Inputs(assignments=(Assignment(A, EPOCH, "bob"), Assignment(A, noon, "ann"))))
    user = add_member(connection, ledger.organization, "member")
    connection.execute("update public.people set user_id = %s where id = %s", [user, ledger.ids["ann"]])
    connection.execute(
        "update public.tags set person_id = %s where id = %s", [ledger.ids["ann"], ledger.ids[A]]
    )
    ledger.record_events("desk", [insert(EIGHT), removal(EIGHT + HOUR)])
    ledger.record_events("desk", [insert(noon + HOUR), removal(noon + 2 * HOUR)])
    return ledger, user


@pytest.mark.parametrize("since", [EPOCH, EIGHT + 4 * HOUR - timedelta(seconds=1)])
def test_a_member_does_not_take_the_time_of_who_had_the_tag_before(
    handed_on: tuple[Ledger, str], since: object
) -> None:
    ledger, user = handed_on
    with pytest.raises(psycopg.Error) as refused, ledger.signed_in(user):
        ledger.query(RELABEL, [ledger.ids[A], ledger.ids["ann"], since])

    assert refused.value.sqlstate == "PT403"
    assert [row["person_id"] for row in entries(ledger)] == ["bob", "ann"]


def test_a_member_relabels_the_time_since_the_tag_is_theirs(handed_on: tuple[Ledger, str]) -> None:
    ledger, user = handed_on
    with ledger.signed_in(user):
        answer = ledger.query(RELABEL, [ledger.ids[A], ledger.ids["ann"], EIGHT + 4 * HOUR])

    assert answer[0]["relabel_tag"]["entries_changed"] == 0


def test_an_operator_does(handed_on: tuple[Ledger, str]) -> None:
    ledger, _ = handed_on
    with ledger.signed_in():
        ledger.query(RELABEL, [ledger.ids[A], ledger.ids["ann"], EPOCH])

    assert [row["person_id"] for row in entries(ledger)] == ["ann", "ann"]
