"""Figures in words: what a measure is called, its value, its interval, and why it has none."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain import codebook as codebooks
from annotator.domain.codebook import Codebook

if TYPE_CHECKING:
    from annotator.domain.agreement.values import Measure

LINES = (0.667, 0.8)  # Krippendorff's, for α

_SHORTER = {
    "only one category occurs": "one category",
    "no unit has two coders": "no pair",
    "both marked nothing": "nothing marked",
    "no article is done by two annotators": "no article",
}
_MINUS = "−"
_SUFFIX = "_alpha"

# title, coefficient, and what its n counts
_MEASURES: Mapping[str, tuple[str, str, str]] = {
    "found_f1_overlap": ("Found it", "F1", "statements"),
    "found_f1_exact": ("Edges", "F1, same edges", "statements"),
    "u_alpha": ("Stretches and stance", "uα", "stretches"),
    "binary_u_alpha": ("Stretches", "|u|α", "stretches"),
    "cu_alpha": ("Stance of shared stretches", "cuα", "shared stretches"),
    "speaker_percent": ("Same speaker", "share", "pairs"),
    "speaker_alpha": ("Speaker", "α", "units"),
    "target_alpha": ("Target", "α", "units"),
    "stance_percent": ("Same stance", "share", "pairs"),
    "stance_alpha": ("Stance", "α", "units"),
    "stance_alpha_ordinal": ("Stance", "α ordinal", "units"),
    "stance_kappa": ("Stance", "κ", "pairs"),
    "stance_pi": ("Stance", "π", "pairs"),
    "stance_ac1": ("Stance", "AC1", "pairs"),
    "source_chain_alpha": ("Source chain", "α", "units"),
    "tuple_f1": ("Whole statement", "F1", "statements"),
}

KINDS: Mapping[str, str] = {
    "found": "Only one found it",
    "boundary": "Edges",
    "speaker": "Speaker",
    "target": "Target",
    "stance": "Stance",
    "source_chain": "Source chain",
    "agreed": "Same choice",
}


@dataclass(frozen=True, slots=True)
class Named:
    """What a measure is called on the screen."""

    title: str
    coefficient: str
    units: str

    @property
    def whole(self) -> str:
        """Title and coefficient together."""
        return f"{self.title}, {self.coefficient}"


def named(name: str, codebook: Codebook, lang: str) -> Named:
    """Return what the measure called `name` is called on the screen."""
    if name in _MEASURES:
        return Named(*_MEASURES[name])
    attribute = codebook.attribute(name.removesuffix(_SUFFIX))
    title = codebooks.words(attribute.name, lang) if attribute else name.removesuffix(_SUFFIX)
    return Named(title, "α", "units")


def is_alpha(name: str) -> bool:
    """Tell whether a measure is an α, which the lines are for."""
    return "alpha" in name


def number(value: float) -> str:
    """Return a coefficient in two digits, as papers print it: .74, 1.00, −.12."""
    words = f"{abs(value):.2f}"
    sign = _MINUS if value < 0 and float(words) else ""
    return sign + (words[1:] if words.startswith("0") else words)


def interval(measure: "Measure") -> str:
    """Return the bounds of the interval; empty when there is none."""
    if measure.low is None or measure.high is None:
        return ""
    return f"{number(measure.low)} to {number(measure.high)}"


def undefined(measure: "Measure") -> str:
    """Return that and why a measure has no value, with the raw agreement where there is one."""
    return f"undefined: {measure.undefined}{_raw(measure)}"


def undefined_shortly(measure: "Measure") -> str:
    """Return the same for where there is little room."""
    return f"undefined, {_SHORTER.get(measure.undefined or '', measure.undefined)}"


def undefined_in(measure: "Measure", fits: Callable[[str], bool]) -> str:
    """Return the longest way of saying it that fits, else the shortest."""
    short = undefined_shortly(measure)
    ways = [undefined(measure), f"{short}{_raw(measure)}", short, f"undef.{short[9:]}"]
    return next((words for words in ways if fits(words)), ways[-1])


def _raw(measure: "Measure") -> str:
    return "" if measure.percent is None else f" · raw {measure.percent * 100:.0f} %"


def short(measure: "Measure") -> str:
    """Return value or `undefined`, for a line of figures."""
    return "undefined" if measure.value is None else number(measure.value)


def sentence(measure: "Measure", name: Named) -> str:
    """Return all that is known of a measure, in one sentence for tool tips and screen readers."""
    units = f"n {measure.n:,} {name.units}"
    if measure.value is None:
        return f"{name.whole}: {undefined(measure)}; {units}"
    bounds = interval(measure)
    around = f"95 % interval {bounds}" if bounds else f"{measure.no_interval or 'no interval'}"
    return f"{name.whole}: {number(measure.value)}; {around}; {units}"


def counted(count: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{count:,} {one if count == 1 else many}"


def listed(names: Sequence[str]) -> str:
    """Return names as one reads them out: A, B and C."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def short_names(people: Mapping[int, str]) -> dict[int, str]:
    """Return a short name for each person: the first word where that is nobody else's."""
    first = {id_: name.split()[0] if name.split() else name for id_, name in people.items()}
    times = Counter(word.casefold() for word in first.values())
    return {id_: first[id_] if times[first[id_].casefold()] == 1 else people[id_] for id_ in people}


def some_of(names: Sequence[str]) -> str:
    """Return names for where there is little room: two of them, else one and how many more."""
    return listed(names) if len(names) < 3 else f"{names[0]} +{len(names) - 1}"
