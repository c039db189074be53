"""Which bodies are read, and how much of them."""

import io
import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.endpoint.posting import INSERT, KEY, MEBIBYTE, post


@pytest.mark.parametrize(
    "kind",
    [
        *("application/json", "application/json; charset=UTF-8", "application/vnd.reader+json"),
        *("text/plain", "", "application/x-www-form-urlencoded", "text/json", "multipart/form-data"),
    ],
)
def test_json_by_any_name_is_read(device_event: FlaskClient, kind: str) -> None:
    assert post(device_event, Content_Type=kind).status_code == 201


@pytest.mark.parametrize("kind", ["text/plain", "", "application/x-www-form-urlencoded", "text/json"])
def test_what_is_no_json_and_does_not_say_that_it_is_is_415(device_event: FlaskClient, kind: str) -> None:
    assert post(device_event, b"tag dd542a83", Content_Type=kind).status_code == 415


@pytest.mark.parametrize("kind", ["application/json; charset=latin-1", "text/plain; charset=utf-16"])
def test_another_charset_is_415(device_event: FlaskClient, kind: str) -> None:
    assert post(device_event, Content_Type=kind).status_code == 415


def test_a_form_is_415_where_no_map_says_what_its_fields_are(device_event: FlaskClient) -> None:
    form = b"tag_id=dd542a83&event_type=tag_insert"
    assert post(device_event, form, Content_Type="application/x-www-form-urlencoded").status_code == 415


def test_a_compressed_body_is_415(device_event: FlaskClient) -> None:
    assert post(device_event, Content_Encoding="gzip").status_code == 415


def test_a_mebibyte_is_read_and_a_byte_more_is_413(device_event: FlaskClient) -> None:
    body = json.dumps(INSERT).encode()
    assert post(device_event, body.ljust(MEBIBYTE)).status_code == 201
    assert post(device_event, body.ljust(MEBIBYTE + 1)).status_code == 413


def test_a_body_without_a_length_is_read_up_to_a_mebibyte(device_event: FlaskClient) -> None:
    def post_chunked(size: int) -> TestResponse:
        stream = io.BytesIO(json.dumps(INSERT).encode().ljust(size))
        return device_event.post(
            "/",
            input_stream=stream,
            headers={"Content-Type": "application/json", "X-API-Key": KEY},
            environ_overrides={"wsgi.input_terminated": True},
        )

    assert post_chunked(MEBIBYTE).status_code == 201
    assert post_chunked(MEBIBYTE + 1).status_code == 413
    assert post_chunked(20 * MEBIBYTE).status_code == 413
