"""The tables of a report's page; every word that comes from the project is escaped."""

from collections.abc import Iterator, Sequence
from html import escape

from annotator.domain.agreement.definitions import KINDS, PARTS, definition
from annotator.domain.agreement.reported import Report, Slice
from annotator.domain.agreement.values import Measure
from annotator.formats import agreement_words as said

ROWS = 500  # of a table; who has more speakers or articles reads them in the saved numbers

_NUMBERS = '<th class="number" scope="col">'


def chain(report: Report) -> str:
    """Return the steps of a statement with value, interval and number of units."""
    rows = []
    for step in said.chain(report):
        units = definition_units(report, step.measure)
        rows.append(
            f'<tr><th scope="row">{escape(step.title)}</th><td>{escape(step.symbol)}</td>'
            f"{_value(step.measure, raw=True)}{_interval(step.measure)}"
            f"{_number(step.measure, units)}</tr>"
        )
    head = f'<th scope="col">Step</th><th scope="col">Measure</th>{_numbers_head()}'
    return _table(head, rows)


def measures(report: Report) -> str:
    """Return all measures of the whole, part by part; those of targets under their target."""
    head = f'<th scope="col">Measure</th><th scope="col"></th>{_numbers_head()}'
    bodies = []
    for part, some in report.parts:
        if part == "attributes":
            continue
        rows = [f'<tr class="head"><th colspan="5">{escape(PARTS.get(part, part))}</th></tr>']
        rows += [_measure_row(report, measure) for measure in some]
        bodies.append("".join(rows))
    return _table(head, bodies)


def attributes(report: Report) -> str:
    """Return the α of each attribute and of the source chain."""
    head = f'<th scope="col">Attribute</th><th scope="col"></th>{_numbers_head()}'
    some = next((found for part, found in report.parts if part == "attributes"), ())
    return _table(head, [_measure_row(report, measure) for measure in some])


def specific(report: Report) -> str:
    """Return the specific agreement of each stance."""
    head = f'<th scope="col">Stance</th>{_numbers_head()}'
    rows = [
        f'<tr><th scope="row">{escape(report.title("stance", label.name))}</th>'
        f"{_value(label, raw=False)}{_interval(label)}{_number(label, 'pairs')}</tr>"
        for label in report.labels
    ]
    return _table(head, rows)


def slices(report: Report, kind: str, found: Sequence[Slice]) -> str:
    """Return a row for each target, speaker, article or pair with the steps of a statement."""
    steps = [step for step in said.STEPS if not (kind == "target" and step == "target_alpha")]
    heads = "".join(
        f"{_NUMBERS}{escape(said.step_title(step))}"
        f"<br>{escape(definition(step, report.titles).symbol)}</th>"
        for step in steps
    )
    head = (
        f'<th scope="col">{kind.capitalize()}</th>{heads}{_NUMBERS}statements</th>'
        f"{_NUMBERS}units</th>"
    )
    rows = []
    for one in found[:ROWS]:
        name = report.title("target", one.key) if kind == "target" else one.key
        cells = "".join(_bounded(one.measure(step)) for step in steps)
        numbers = [one.measure("found_f1_overlap"), one.measure("stance_alpha")]
        counts = "".join(_number(measure, "") for measure in numbers)
        rows.append(f'<tr><th scope="row">{escape(name)}</th>{cells}{counts}</tr>')
    more = len(found) - ROWS
    note = f'<p class="note">{said.number(more)} more are in the saved numbers.</p>'
    return _table(head, rows) + (note if more > 0 else "")


def disagreements(report: Report) -> str:
    """Return how many cases there are of each kind."""
    rows = []
    for kind, count in report.disagreements.items():
        group, _, name = kind.partition(":")
        title = f"{KINDS[group]}: {report.title(group, name)}" if name else KINDS[group]
        rows.append(
            f'<tr><th scope="row">{escape(title)}</th>'
            f'<td class="number">{said.number(count)}</td></tr>'
        )
    return _table(f'<th scope="col">Kind</th>{_NUMBERS}cases</th>', rows)


def definitions(report: Report) -> Iterator[str]:
    """Yield a row for each coefficient of the report: what it is, and what its n counts.

    The attributes, which are all taken in the same way, share one row.
    """
    rows: dict[tuple[str, str], list[str]] = {}
    for part, measures in report.parts:
        for name in dict.fromkeys(measure.name for measure in measures):
            what = definition(name, report.titles)
            shared = what.text if part == "attributes" else name
            rows.setdefault((what.symbol, shared), []).append(name)
    for (symbol, _), names in rows.items():
        what = definition(names[0], report.titles)
        titles = ", ".join(definition(name, report.titles).title for name in names)
        codes = "<br>".join(f"<code>{escape(name)}</code>" for name in names)
        yield (
            f'<tr><th scope="row">{escape(symbol)}</th><td>{escape(titles)}</td>'
            f"<td>{escape(what.text)}</td><td>{escape(what.units)}</td><td>{codes}</td></tr>"
        )


def definition_units(report: Report, measure: Measure | None) -> str:
    """Return what the n of a measure counts."""
    return "" if measure is None else definition(measure.name, report.titles).units


def _measure_row(report: Report, measure: Measure) -> str:
    what = definition(measure.name, report.titles)
    title = what.title
    if measure.target is not None:
        title = f"{title}: {report.title('target', measure.target)}"
    return (
        f'<tr><th scope="row">{escape(title)}</th><td>{escape(what.symbol)}</td>'
        f"{_value(measure, raw=True)}{_interval(measure)}"
        f"{_number(measure, what.units)}</tr>"
    )


def _numbers_head() -> str:
    return f"{_NUMBERS}value</th>{_NUMBERS}95 % interval</th>{_NUMBERS}n</th>"


def _value(measure: Measure | None, *, raw: bool) -> str:
    if measure is None or measure.value is not None:
        return f'<td class="number">{said.value(measure)}</td>'
    words = said.why(measure) if raw else measure.undefined or ""
    mark = f"<sup>{said.mark(measure)}</sup>"
    return f'<td class="number undefined">undefined{mark}<br>{escape(words)}</td>'


def _bounded(measure: Measure | None) -> str:
    """Return a value with its interval under it."""
    if measure is not None and measure.value is None:
        raw = "" if measure.percent is None else said.percentage(measure.percent)
        under = f"<br><small>raw {raw}</small>" if raw else ""
        return f'<td class="number undefined">undefined<sup>{said.mark(measure)}</sup>{under}</td>'
    bounds = said.interval(measure)
    under = "" if bounds == said.NOTHING else f"<br><small>{bounds}</small>"
    return f'<td class="number">{said.value(measure)}{under}</td>'


def _interval(measure: Measure | None) -> str:
    return f'<td class="number">{said.interval(measure)}</td>'


def _number(measure: Measure | None, units: str) -> str:
    count = said.number_of(measure)
    return f'<td class="number">{f"{count} {units}".strip()}</td>'


def _table(head: str, rows: Sequence[str]) -> str:
    body = "\n".join(rows)
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{body}</tbody></table></div>"
    )
