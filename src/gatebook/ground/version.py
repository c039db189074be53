"""What is running here: the version and the commit."""

from gatebook.ground import settings


@settings.once
def running() -> dict[str, str]:
    """As it is set, else the version of the package; `unknown` for what nobody says."""
    return {
        "version": settings.text("GATEBOOK_VERSION") or _package_version(),
        "commit": settings.text("GATEBOOK_COMMIT", "unknown"),
    }


def _package_version() -> str:
    # Costs 10 ms, for those who did not set it.
    from importlib import metadata

    try:
        return metadata.version("gatebook")
    except metadata.PackageNotFoundError:
        return "unknown"
