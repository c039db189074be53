"""Bodies as HTML forms send them, for readers that know nothing else."""

from urllib.parse import parse_qsl

MEDIA_TYPE = "application/x-www-form-urlencoded"
MOST_FIELDS = 100


class Form(dict[str, str]):
    """The fields of a form, so that it is told from a JSON object."""


def parse_form(body: bytes) -> Form | None:
    """The fields of the body, the last of each name; None if it is no form in UTF-8."""
    try:
        fields = parse_qsl(
            body.decode(),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        return None
    # What PostgreSQL's text cannot hold.
    return Form((name.replace("\0", "\ufffd"), said.replace("\0", "\ufffd")) for name, said in fields)
