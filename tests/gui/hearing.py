"""What signals said: QSignalSpy crashes when it is asked for more than it heard."""

from typing import Any, Protocol


class Connectable(Protocol):
    """A bound Qt signal."""

    def connect(self, slot: Any) -> Any: ...


def heard(signal: Connectable) -> list[tuple[Any, ...]]:
    """Return a list that grows by the arguments of each emission of `signal`."""
    found: list[tuple[Any, ...]] = []

    def hear(*values: Any) -> None:
        found.append(values)

    signal.connect(hear)
    return found
