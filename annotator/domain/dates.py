"""Days as ISO dates: `2025-03-27`."""

import re
from datetime import date

# The digits stand alone or before the T of a time: no part of a number or hash is taken for a day.
_DAY = re.compile(
    r"(?<![0-9A-Za-z])((?:19|20)[0-9]{2})(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])"
    r"(?![0-9A-SU-Za-z])"
)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_date(value: str) -> bool:
    """Tell whether `value` is a day of the calendar as an ISO date."""
    if not _ISO.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def in_name(name: str) -> str | None:
    """Return the day that a file name holds as 2025-03-27 or 20250327; None for none or several."""
    found = {"-".join(match.group(1, 3, 4)) for match in _DAY.finditer(name)}
    days = [day for day in found if is_date(day)]
    return days[0] if len(days) == 1 else None
