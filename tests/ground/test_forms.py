from hypothesis import given
from hypothesis import strategies as st

from gatebook.ground.forms import Form, parse_form


def test_the_fields_of_a_form_are_read() -> None:
    assert parse_form(b"rfid=DD+54%202A&empty=&rfid=2") == Form(rfid="2", empty="")
    assert parse_form(b"a=\0") == Form(a="\ufffd")


@given(st.binary())
def test_anything_is_a_form_or_none(body: bytes) -> None:
    form = parse_form(body)
    assert form is None or "\0" not in "".join([*form, *form.values()])


def test_what_is_no_form_is_none() -> None:
    assert parse_form(b"just words") is None
    assert parse_form(b"a=\xff") is None
    assert parse_form(b"&".join(b"a=1" for _ in range(101))) is None
