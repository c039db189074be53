"""Settings are read on first use, and one that cannot be meant is named."""

import pytest

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
    settings = {"SUPABASE_REST_URL": f"{stand_in.url}/\n", "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_x\n"}
    assert post(function("device_event", **settings)).status_code == 201
    assert stand_in.received[0].headers["apikey"] == "sb_publishable_x"
