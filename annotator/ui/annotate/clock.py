"""How long an annotator really works on an article: pauses do not count."""

from dataclasses import dataclass

PAUSE = 60.0  # seconds without a sign of life after which the annotator counts as away


@dataclass
class Clock:
    """Adds up the seconds between signs of life; a gap counts for at most `PAUSE` seconds."""

    seconds: float = 0.0
    _last: float | None = None

    def note(self, now: float) -> None:
        """Take notice of a sign of life at `now` (seconds of a steady clock)."""
        if self._last is not None:
            self.seconds += min(max(0.0, now - self._last), PAUSE)
        self._last = now

    def take(self) -> float:
        """Return the seconds added up so far and start again from nought."""
        taken, self.seconds = self.seconds, 0.0
        return taken

    def stop(self) -> None:
        """Forget the last sign of life: what comes next begins a new stretch."""
        self._last = None
