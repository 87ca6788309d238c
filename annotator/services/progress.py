"""How long actions tell how far they are and learn that they are no longer wanted."""

from collections.abc import Callable

from annotator.errors import UserError

Progress = Callable[[int, int], None]  # called with done and total
Cancelled = Callable[[], bool]  # asked between two pieces of work


class CancelledError(UserError):
    """The user stopped a long action; nothing was changed."""


def tell(progress: Progress | None, done: int, total: int) -> None:
    """Report how far an action is, if anybody listens."""
    if progress is not None:
        progress(done, total)


def refuse_cancelled(cancelled: Cancelled | None, action: str) -> None:
    """Raise CancelledError when the user has stopped the action."""
    if cancelled is not None and cancelled():
        raise CancelledError(f"{action} was cancelled; nothing was changed.")
