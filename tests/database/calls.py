"""A call here for every function of the API, with arguments that make it work for whoever may call it.

A function without one makes the tests of isolation and of roles fail.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.database.filled import Actor, Filled, Possessions
from tests.database.rows import open_invitation
from tools.stack import world

Arguments = dict[str, Any]
Call = Callable[[Filled, Actor, Possessions], Arguments]

REASON = "Forgot to tap."
_DAY = datetime.now(UTC).replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=3)
STARTED_AT, SPLIT_AT, ENDED_AT = ((_DAY + timedelta(hours=hours)).isoformat() for hours in (0, 1, 2))
DAYS = {
    "from_date": (_DAY - timedelta(days=1)).date().isoformat(),
    "to_date": (_DAY + timedelta(days=5)).date().isoformat(),
}


def _entry(filled: Filled, subject: Possessions) -> Arguments:
    arguments = {
        "organization_id": filled.id,
        "person_id": subject["people"],
        "project_id": filled.project_id,
        "started_at": STARTED_AT,
        "ended_at": ENDED_AT,
        "reason": REASON,
    }
    made = world.rpc(filled.admin, "add_time_entry", **arguments)
    return {"entry_id": made["id"], "expected_version": made["version"], "reason": REASON}


def _add_time_entry(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    return {
        "organization_id": filled.id,
        "person_id": subject["people"],
        "project_id": filled.project_id,
        "started_at": STARTED_AT,
        "ended_at": ENDED_AT,
        "reason": REASON,
    }


def _restore_time_entry(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    entry = _entry(filled, subject)
    world.rpc(filled.admin, "delete_time_entry", **entry)
    return {"entry_id": entry["entry_id"], "reason": REASON}


def _stop_timer(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    arguments = {"organization_id": filled.id, "person_id": subject["people"]}
    return {"entry_id": world.rpc(filled.admin, "start_timer", **arguments)["id"]}


def _pawn(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    return {"membership_id": filled.membership(filled.pawn, "operator")}


def _person(filled: Filled) -> dict[str, Any]:
    return filled.organization.insert("people", name=f"New {secrets.token_hex(4)}")


def _link_person(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    linked = {"user_id": f"eq.{filled.pawn.id}"}
    world.created(filled.stack.service.patch("/people", params=linked, json={"user_id": None}))
    return {**_pawn(filled, actor, subject), "person_id": _person(filled)["id"]}


def _erase_person(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    person = _person(filled)
    return {"person_id": person["id"], "confirmation": person["name"]}


def _key(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    made = world.rpc(filled.admin, "create_device_key", device_id=subject["devices"])
    return {"key_id": made["id"]}


def _feed(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    made = world.rpc(filled.admin, "create_calendar_feed", person_id=subject["people"])
    return {"feed_id": made["id"]}


def _accept_invitation(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    email = actor.user.email if actor.user else None
    if actor.membership_id is None:
        return {"token": open_invitation(filled, email)["token"]}
    elsewhere = world.create_organization(filled.stack)
    invitation = {"organization_id": elsewhere.id, "email": email, "role": "member"}
    return {"token": world.rpc(elsewhere.client, "create_invitation", **invitation)["token"]}


def _elsewhere(filled: Filled, actor: Actor) -> str:
    """Another organization of the same name, in which the actor has the same role."""
    other = world.create_organization(filled.stack, filled.name)
    if actor.user and actor.membership_id:
        filled.membership(actor.user, actor.role, organization_id=other.id)
    return other.id


def _events(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    is_token = actor.role == "device"
    return {
        "device_key": None if is_token else subject.device_key,
        "key_kind": "token" if is_token else "header",
        "events": [{"event_type": "tag_insert", "tag_uid": secrets.token_hex(7).upper()}],
    }


def _days(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    return {"organization_id": filled.id, "person_id": subject["people"], **DAYS}


def _relabel(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    return {"tag_id": subject["tags"], "person_id": subject["people"], "project_id": filled.project_id}


def _pairing_settings(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    return {"organization_id": filled.id, "device_id": subject["devices"], "merge_gap_seconds": 7}


def _organization(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    return {"organization_id": filled.id}


def _alert(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    return {"alert_id": subject["alerts"]}


def _nothing(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    return {}


def _replay(filled: Filled, actor: Actor, subject: Possessions) -> Arguments:
    reading = {"event_id": subject["device_events"], "event": None}
    return {"device_id": subject["devices"], "since": "2020-01-01", "readings": [reading]}


CALLS: dict[str, Call] = {
    "accept_invitation": _accept_invitation,
    "acknowledge_alert": _alert,
    "add_time_entry": _add_time_entry,
    "calendar_entries": lambda f, a, s: {"token": s.feed_token},
    "change_member_role": lambda f, a, s: {**_pawn(f, a, s), "role": "viewer"},
    "change_time_entry": lambda f, a, s: {**_entry(f, s), "changes": {"note": "New"}},
    "clear_alert": _alert,
    "confirm_reported_id": lambda f, a, s: {"device_id": s["devices"], "reported": secrets.token_hex(8)},
    "create_calendar_feed": lambda f, a, s: {"person_id": s["people"]},
    "create_device_key": lambda f, a, s: {"device_id": s["devices"]},
    "create_invitation": lambda f, a, s: {
        "organization_id": f.id,
        "email": f"{secrets.token_hex(6)}@example.com",
        "role": "member",
    },
    "create_organization": lambda f, a, s: {"name": "New", "time_zone": "UTC"},
    "delete_organization": lambda f, a, s: {"organization_id": _elsewhere(f, a), "name": f.name},
    "delete_time_entry": lambda f, a, s: _entry(f, s),
    "erase_person": _erase_person,
    "identify_device": lambda f, a, s: {"device_key": s.device_key, "key_kind": "header"},
    "import_people": lambda f, a, s: {"organization_id": f.id, "rows": [{"name": "New"}], "dry_run": False},
    "latest_taps": _organization,
    "leave_organization": lambda f, a, s: {"organization_id": _elsewhere(f, a)},
    "link_person": _link_person,
    "ping": _nothing,
    "presence_by_hour": _days,
    "present_now": _organization,
    "preview_pairing_settings": _pairing_settings,
    "preview_relabel_tag": _relabel,
    "preview_replay_events": _replay,
    "project_hours": _days,
    "reactivate_member": _pawn,
    "record_device_events": _events,
    "relabel_tag": _relabel,
    "remove_member": _pawn,
    "replay_events": _replay,
    "restore_time_entry": _restore_time_entry,
    "revoke_calendar_feed": _feed,
    "revoke_device_key": _key,
    "revoke_invitation": lambda f, a, s: {"invitation_id": open_invitation(f)["id"]},
    "rotate_device_key": _key,
    "search_people": lambda f, a, s: {"organization_id": f.id, "query": ""},
    "set_capabilities": lambda f, a, s: {"organization_id": f.id, "capabilities": ["time", "alerts"]},
    "set_pairing_settings": _pairing_settings,
    "split_time_entry": lambda f, a, s: {**_entry(f, s), "split_at": SPLIT_AT},
    "start_timer": lambda f, a, s: {"organization_id": f.id, "person_id": s["people"]},
    "stop_timer": _stop_timer,
    "suspend_member": _pawn,
    "sweep": _nothing,
    "taps_by_day": lambda f, a, s: {"organization_id": f.id, **DAYS},
    "time_entry_history": lambda f, a, s: {"entry_id": s["time_entries"]},
    "timesheet": _days,
    "timesheet_days": _days,
}

# What makes these work is a secret; nobody in the tests of isolation has it.
SECRETS = {"calendar_entries": "token", "identify_device": "device_key", "record_device_events": "device_key"}
