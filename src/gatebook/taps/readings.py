"""The readings of this process's devices: lost at any time, and asked of the database again."""

from hashlib import sha256

from gatebook.ground.credential import Credential
from gatebook.taps.reading import EVERYONES, Reading

MOST_KEPT = 1000
_kept: dict[bytes, Reading] = {}


def known(credential: Credential) -> Reading:
    """As the database last said; everyone's while nothing is known."""
    return _kept.get(_key(credential), EVERYONES) if _kept else EVERYONES


def keep(credential: Credential, reading: Reading) -> None:
    """Remember it, and forget the one that was learnt first where there are too many."""
    key = _key(credential)
    _kept.pop(key, None)
    if reading.version:
        _kept[key] = reading
    while len(_kept) > MOST_KEPT:
        # Another thread may have been quicker.
        _kept.pop(next(iter(_kept), key), None)


def forget() -> None:
    """Forget them all."""
    _kept.clear()


def _key(credential: Credential) -> bytes:
    # The secret itself is not kept.
    return sha256(f"{credential.kind} {credential.secret}".encode()).digest()
