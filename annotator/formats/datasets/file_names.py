"""Names of files made from names of articles and people: safe and different on every disk."""

import re
import unicodedata

_LONGEST = 60  # code points; four bytes each stay below the 255 of most file systems
_FORBIDDEN = re.compile(r"[^\w.-]+")
# Windows opens these as devices, whatever ending follows.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


class FileNames:
    """Gives every name asked for a file name of its own; two that a disk may mix up differ."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """Return a file name (without ending) for `name` that was not given out before."""
        safe = safe_name(name)
        found, number = safe, 2
        while (key := unicodedata.normalize("NFKC", found).casefold()) in self._taken:
            found, number = f"{safe}-{number}", number + 1
        self._taken.add(key)
        return found


def safe_name(name: str) -> str:
    """Return `name` as one part of a path: no separators, no hidden file, no device."""
    safe = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name))[:_LONGEST].strip("._-")
    return f"_{safe}" if not safe or _DEVICES.match(safe) else safe
