"""How numbers of agreement are written, the same in text, page and figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.domain.agreement.definitions import STEPS as TITLES
from annotator.domain.agreement.definitions import definition
from annotator.domain.agreement.reported import CHAIN, Report, measure_of
from annotator.domain.agreement.values import TOO_FEW_ARTICLES, Measure

STEPS = CHAIN
# The reasons of domain.agreement.outcomes, which knows numpy and is not imported for words; the
# same reason has the same mark in every report. A test holds both together.
MARKS = {
    "only one category occurs": "a",
    "no unit has two coders": "b",
    "both marked nothing": "c",
    "no article is done by two annotators": "d",
    "too little is marked by two coders": "e",
    "the label does not occur": "f",
}
NOTHING = "–"
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the chain: what it is called, and its measure if there is one."""

    title: str
    symbol: str
    measure: Measure | None


def chain(report: Report) -> list[Step]:
    """Return the steps in which a statement is made, with what agreement there is on each."""
    return [
        Step(
            TITLES[name],
            definition(name, report.titles).symbol,
            measure_of(report.measures, name),
        )
        for name in STEPS
    ]


def step_title(name: str) -> str:
    """Return what a step of the chain is called."""
    return TITLES[name]


def figure(value: float) -> str:
    """Return a coefficient with three decimals and a true minus sign."""
    rounded = f"{value:.3f}"
    return "0.000" if rounded == "-0.000" else rounded.replace("-", _MINUS)


def percentage(value: float) -> str:
    """Return a share as a percentage; 100 % only when it is whole."""
    shown = f"{100 * value:.1f}"
    if shown == "100.0" and value < 1:
        shown = "> 99.9"
    return f"{shown.removesuffix('.0')} %"


def number(count: int) -> str:
    """Return a count with its thousands apart."""
    return f"{count:,}"


def counted(count: int, word: str) -> str:
    """Return a count with its noun."""
    return f"{number(count)} {word}{'' if count == 1 else 's'}"


def value(measure: Measure | None) -> str:
    """Return a measure's value, “undefined” or a dash where it was not taken."""
    if measure is None:
        return NOTHING
    return "undefined" if measure.value is None else figure(measure.value)


def why(measure: Measure) -> str:
    """Return why a measure has no value, with the raw agreement."""
    reason = measure.undefined or ""
    if measure.percent is None:
        return reason
    return f"{reason}; raw agreement {percentage(measure.percent)}"


def value_with_raw(measure: Measure | None) -> str:
    """Return a measure's value, or that it is undefined, why, and the raw agreement."""
    if measure is None or measure.value is not None:
        return value(measure)
    return f"undefined ({why(measure)})"


def interval(measure: Measure | None) -> str:
    """Return the bounds of the interval, a dash where there is none."""
    if measure is None or measure.low is None or measure.high is None:
        return NOTHING
    return f"{figure(measure.low)} to {figure(measure.high)}"


def number_of(measure: Measure | None) -> str:
    """Return the number of units behind a measure."""
    return NOTHING if measure is None else number(measure.n)


def units(measures: Sequence[Measure | None]) -> str:
    """Return the number of units behind the first measure of a row."""
    return number_of(measures[0] if measures else None)


def listed(names: Sequence[str]) -> str:
    """Return names as a list in words."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def day(report: Report) -> str:
    """Return the day a report was made."""
    return report.made_at[:10]


def made_with(report: Report) -> str:
    """Return under which codebook, seed and program a report was made, in one line."""
    settings = report.settings
    return (
        f"codebook {report.codebook} {report.codebook_version}; seed {settings.seed},"
        f" {number(settings.draws)} draws; Stance Annotator {report.program}, {day(report)}"
    )


def no_interval(report: Report) -> str:
    """Return why nothing has an interval, and what it takes."""
    reason = report.without_interval or ""
    if reason != TOO_FEW_ARTICLES:
        return reason
    return f"{reason} ({len(report.articles)}; {report.settings.fewest_articles} are needed)"


def reasons(report: Report) -> dict[str, str]:
    """Return why measures are undefined, each reason with its mark, in a fixed order."""
    found = {measure.undefined for measure in all_measures(report)}
    return {reason: mark for reason, mark in MARKS.items() if reason in found}


def mark(measure: Measure | None) -> str:
    """Return the mark of the reason why a measure is undefined; nothing where it is not."""
    return "" if measure is None else MARKS.get(measure.undefined or "", "")


def all_measures(report: Report) -> Iterator[Measure]:
    """Yield every measure of a report: of the whole, of each stance, of each slice."""
    yield from report.measures
    yield from report.labels
    for _, slices in report.slices:
        for one in slices:
            yield from one.measures
