"""The project file: SQL lives here and nowhere else."""

import sys

# sqlite-utils imports numpy where it is installed, only to know the names of its types: 0.1 s of
# every start (measured: 0.24 s instead of 0.12 s). It takes None for "not installed".
if "numpy" not in sys.modules:
    sys.modules["numpy"] = None  # type: ignore[assignment]
    try:
        import sqlite_utils  # noqa: F401
    finally:
        del sys.modules["numpy"]
