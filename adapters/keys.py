"""The keys of an installation, given by its settings or made for it."""

from __future__ import annotations

from adapters import data_folder
from adapters.settings import BadSetting, Settings
from adapters.vault import Vault

KINDS_OF_KEYS = ("bot", "pipeline", "operator")


def given_keys(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Return the keys that the settings give, by their kind."""
    return {"bot": settings.bot_keys, "pipeline": settings.pipeline_keys, "operator": settings.operator_keys}


def keys_of(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Return the valid keys by their kind; embedded mode makes those that are not given. Raises `BadSetting`."""
    given = given_keys(settings)
    missing = tuple(kind for kind in KINDS_OF_KEYS if not given[kind])
    if missing and not settings.embedded:
        names = ", ".join(f"{kind.upper()}_KEYS" for kind in missing)
        raise BadSetting(f"{names}: keys are required when DATABASE_URL is set.")
    made = data_folder.kept_keys(settings.data_dir, missing) if missing else {}
    return {kind: given[kind] or (made[kind],) for kind in KINDS_OF_KEYS}


def vault(settings: Settings) -> Vault | None:
    """Return what seals tokens, `None` where there can be none to seal."""
    keys = settings.token_encryption_keys
    if not keys and settings.embedded:
        keys = tuple(data_folder.kept_keys(settings.data_dir, ("token_encryption",)).values())
    elif settings.embedded:
        # What was sealed before the first key was given still is to be opened, until `keys rotate` seals it anew.
        made = data_folder.made_key(settings.data_dir, "token_encryption")
        keys += (made,) if made is not None else ()
    if not keys and settings.hh_configured:
        raise BadSetting("TOKEN_ENCRYPTION_KEYS: keys are required when HH_CLIENT_ID and DATABASE_URL are set.")
    return Vault(keys) if keys else None
