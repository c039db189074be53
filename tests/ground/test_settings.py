"""Settings are read on first use, and one that cannot be meant is named."""

import pytest

from gatebook.ground import settings
from gatebook.ground.errors import NotConfigured
from tests.supabase.asking import post
from tests.support.functions import Function
from tests.support.stand_in import StandIn


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            ("SUPABASE_REST_URL", url)
            for url in ("", "nonsense", "ftp://127.0.0.1", "http://[", "http://a b")
        ),
        *(("SUPABASE_TIMEOUT_SECONDS", number) for number in ("8s", "0", "-1", "nan", "inf", "1e30")),
        ("THREADS", "many"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_503_and_named_in_the_log(
    function: Function, name: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert post(function("device_event", **{name: value})).status_code == 503
    assert name.replace("REST_", "") in capsys.readouterr().out
    # Whoever looks for what is wrong finds the process alive.
    assert function("health", **{name: value}).get("/live").status_code == 200


def test_settings_are_read_without_the_line_break_at_their_end(function: Function, stand_in: StandIn) -> None:
    values = {"SUPABASE_REST_URL": f"{stand_in.url}/\n", "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_x\n"}
    assert post(function("device_event", **values)).status_code == 201
    assert stand_in.received[0].headers["apikey"] == "sb_publishable_x"


def test_a_setting_is_read_on_first_use_and_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    read = settings.once(lambda: settings.required("GATEBOOK_OF_A_TEST"))
    with pytest.raises(NotConfigured) as error:
        read()
    assert error.value.reason == "GATEBOOK_OF_A_TEST is not set"
    for value in (" one\n", "two"):
        monkeypatch.setenv("GATEBOOK_OF_A_TEST", value)
        assert read() == "one"
    settings.forget()
    assert read() == "two"


@pytest.mark.parametrize(("text", "number"), [("", 8), ("0.5", 0.5), (" 1000000 ", 1_000_000)])
def test_a_number_is_one_or_its_default(monkeypatch: pytest.MonkeyPatch, text: str, number: float) -> None:
    monkeypatch.setenv("GATEBOOK_OF_A_TEST", text)
    assert settings.number("GATEBOOK_OF_A_TEST", 8) == number
