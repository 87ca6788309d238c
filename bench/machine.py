"""The machine a run was taken on, without any name of it."""

import os
import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path


def described() -> dict[str, str]:
    """Return processor, cores, system, and the versions that matter; no host name, no path."""
    from PySide6 import __version__ as binding
    from PySide6.QtCore import qVersion

    return {
        "Date": datetime.now(UTC).date().isoformat(),
        "Processor": _processor(),
        "Cores": str(os.cpu_count()),
        "Memory": _memory(),
        "System": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "Qt": f"{qVersion()} (PySide6 {binding})",
        "SQLite": sqlite3.sqlite_version,
        "Load when done": _load(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "unknown")


def _load() -> str:
    """Return how many processes wanted to run, in the last quarter of an hour, ours among them."""
    try:
        return f"{os.getloadavg()[2]:.1f}"
    except (OSError, AttributeError):
        return "unknown"


def _memory() -> str:
    try:
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return "unknown"
    return f"{pages * size / 2**30:.0f} GiB"
