"""Puts resources/ and seeds/ into the wheel; an editable install reads them in the checkout."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Folders(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the folders to a real wheel only: a plain force-include copies them, to grow
    stale, beside an editable install too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Map both folders into the package unless `version` is "editable"."""
        if version != "editable":
            for folder in ("resources", "seeds"):
                build_data["force_include"][folder] = f"annotator/{folder}"
