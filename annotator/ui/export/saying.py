"""What the export window says of a plan and of a report. Pure."""

import re
from collections.abc import Mapping, Sequence

from annotator.domain.codebook import Codebook, words
from annotator.formats.card_facts import LeakReport
from annotator.services.exporting import Preview, Report

OPEN = "(open)"  # what the counts call a choice that is not made
_FOLD = re.compile(r"fold(\d+)")
_SPLITS = {"": "All", "train": "Train", "validation": "Validation", "test": "Test"}


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def split_name(split: str) -> str:
    """Return the name of a split as it is shown."""
    return _SPLITS.get(split, _FOLD.sub(r"Fold \1", split))


def total(preview: Preview) -> str:
    """Return how much goes in."""
    held = counted(preview.statements, "statement", "statements")
    if preview.negatives:
        held += f" and {counted(preview.negatives, 'negative', 'negatives')}"
    return f"{held} in {counted(preview.counts.articles, 'article', 'articles')}"


def left_out(preview: Preview) -> list[str]:
    """Return what is not chosen and what the form cannot carry, in lines."""
    lines = [f"{number:,} {reason}" for reason, number in preview.left_out.items()]
    # the number behind: no clause has to be right in the singular
    lost = [f"{clause} ({number:,})" for clause, number in preview.lost.items() if number]
    return [*lines, f"Not carried: {'; '.join(lost)}"] if lost else lines


def note(words: str) -> str:
    """Return a note on the division as a sentence, splits called as the figure calls them."""
    first, blank, rest = words.partition(" ")
    known = first in _SPLITS or _FOLD.fullmatch(first)
    return f"{split_name(first) if known else first[:1].upper() + first[1:]}{blank}{rest}"


def leaks(report: LeakReport) -> tuple[str, bool]:
    """Return what was found between the splits, and whether all is well."""
    faults = []
    if report.near_identical:
        faults.append(counted(report.near_identical, "near-identical pair", "near-identical pairs"))
    if report.overlapping:
        faults.append(counted(report.overlapping, "overlapping row", "overlapping rows"))
    if faults:
        return f"{' and '.join(faults)} across splits.", False
    at = f"{report.threshold:.2f}"
    if report.closest:
        alike = f"{report.closest[0].similarity:.2f}"
        return f"None: the closest texts are {alike} alike, and from {at} on they would leak.", True
    return f"None: no two texts of two splits are {at} alike.", True


def written(report: Report) -> str:
    """Return what was written and where it lies."""
    held = counted(report.statements, "statement", "statements")
    places = counted(report.articles, "article", "articles")
    return f"✓ {held} and {places} written to {report.folder}"


def legend(codebook: Codebook, lang: str) -> str:
    """Return which shape is which stance."""
    shown = (f"{stance.symbol or '?'} {words(stance.name, lang)}" for stance in codebook.stances)
    return "    ".join(shown)


def spread(
    by_labels: Mapping[tuple[str, str, str, str], int], splits: Sequence[str]
) -> dict[str, dict[str, dict[str, int]]]:
    """Return the numbers by split (in their order), target and stance."""
    found: dict[str, dict[str, dict[str, int]]] = {split: {} for split in splits}
    for (split, _, target, stance), number in by_labels.items():
        stances = found.setdefault(split, {}).setdefault(target, {})
        stances[stance] = stances.get(stance, 0) + number
    return found
