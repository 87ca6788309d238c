"""What the margin says when there is nothing to show yet."""

from annotator.domain.codebook import Codebook, words


def how_to_mark(codebook: Codebook, lang: str) -> str:
    """Return one sentence on how to mark a statement, with the codebook's own keys."""
    keyed = [(t.key, words(t.name, lang)) for t in codebook.targets if t.key]
    also = " or ".join(f"{key} for {name}" for key, name in keyed[:3])
    sentence = "Select words in the text and press ⏎ to mark a statement"
    return f"{sentence}, or {also}." if also else f"{sentence}."


def more_above(count: int) -> str:
    """Return what says that `count` cards do not fit above."""
    return f"{count} more above ↑"


def more_below(count: int) -> str:
    """Return what says that `count` cards do not fit below."""
    return f"{count} more below ↓"
