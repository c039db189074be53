import pytest

from gatebook.endpoint.routes import ROUTES, FunctionRoutes, find_route
from tools.serve.functions import FUNCTIONS


def test_every_route_leads_to_a_function_and_every_function_has_a_route() -> None:
    folders = {path.parent.name for path in FUNCTIONS.glob("*/main.py")}
    assert {route.function for route in ROUTES} == folders


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/api/webhook/device-event", "/api/webhook/device-event"),
        ("/api/webhook/device-event/", "/api/webhook/device-event"),
        ("/api/webhook/device-event/gb_x", "/api/webhook/device-event/{url_key}"),
        ("/api/health/ready", "/api/health/ready"),
    ],
)
def test_a_path_finds_its_route(path: str, template: str) -> None:
    route = find_route(path)
    assert route is not None
    assert route.path == template


@pytest.mark.parametrize(
    "path", ["/", "", "/api", "/api/webhook/device-event/a/b", "/api/webhook/device-eventx"]
)
def test_any_other_path_finds_none(path: str) -> None:
    assert find_route(path) is None


@pytest.mark.parametrize(
    ("path", "template", "parameters"),
    [
        ("/", "/api/webhook/device-event", {}),
        ("/gb_x", "/api/webhook/device-event/{url_key}", {"url_key": "gb_x"}),
        ("/api/webhook/device-event/gb_x", "/api/webhook/device-event/{url_key}", {"url_key": "gb_x"}),
    ],
)
def test_a_function_deployed_alone_knows_its_paths(
    path: str, template: str, parameters: dict[str, str]
) -> None:
    match = FunctionRoutes("device_event").match(path)
    assert match is not None
    assert (match[0].path, match[1]) == (template, parameters)


def test_a_function_does_not_serve_the_routes_of_another() -> None:
    assert FunctionRoutes("device_event").match("/api/health/live") is None
    assert FunctionRoutes("health").match("/nothing") is None


def test_a_function_without_a_route_is_a_mistake() -> None:
    with pytest.raises(LookupError, match="nowhere"):
        FunctionRoutes("nowhere")
