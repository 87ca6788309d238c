"""What the margin says when there is nothing to show yet."""

from collections.abc import Sequence

from annotator.domain.codebook import Codebook, words

_NAMED = 2  # of more that is missing than this a card tells the number, its tool tip the names


def how_to_mark(codebook: Codebook, lang: str) -> str:
    """Return one sentence on how to mark a statement, with the codebook's own keys."""
    keyed = [(t.key, words(t.name, lang)) for t in codebook.targets if t.key]
    also = " or ".join(f"{key} for {name}" for key, name in keyed[:3])
    sentence = "Select words in the text and press ⏎ to mark a statement"
    return f"{sentence}, or {also}." if also else f"{sentence}."


def needs(names: Sequence[str]) -> str:
    """Return what says that all of `names` are missing; nothing for none."""
    return "needs " + ", ".join(names) if names else ""


def needs_in_short(names: Sequence[str], *, usual: bool) -> str:
    """Return the same for the line of a card; `usual` when Space would fill some of them in."""
    if len(names) <= _NAMED:
        return needs(names)
    return f"needs {len(names)} · Space" if usual else f"needs {len(names)}"


def more_above(count: int) -> str:
    """Return what says that `count` cards do not fit above."""
    return f"{count} more above ↑"


def more_below(count: int) -> str:
    """Return what says that `count` cards do not fit below."""
    return f"{count} more below ↓"
