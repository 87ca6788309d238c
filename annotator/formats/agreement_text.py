"""A report on agreement as plain text with aligned columns: for a terminal, or to paste."""

from collections.abc import Iterator, Sequence

from annotator.domain.agreement.definitions import KINDS, PARTS, definition
from annotator.domain.agreement.reported import Matrix, Report, Slice
from annotator.domain.agreement.values import Measure
from annotator.formats import agreement_words as said

_HEADINGS = {"target": "Target", "speaker": "Speaker", "article": "Article", "pair": "Annotators"}
_LONGEST = 44  # characters of a name in a table


def text(report: Report) -> str:
    """Return the report as text, without a line end after the last line."""
    blocks = [
        list(_head(report)),
        list(_chain(report)),
        list(_measures(report)),
        list(_specific(report)),
        *(list(_matrix(report, matrix)) for matrix in report.matrices if matrix.pairs),
        *(list(_slices(report, kind, slices)) for kind, slices in report.slices),
        list(_disagreements(report)),
        list(_notes(report)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _head(report: Report) -> Iterator[str]:
    yield f"Agreement of {said.listed(report.annotators)} in {report.project}"
    people = ", ".join(f"{p.name} {p.statements} in {p.articles}" for p in report.people)
    yield f"{said.counted(len(report.articles), 'article')}; statements: {people}"
    yield said.made_with(report)


def _chain(report: Report) -> Iterator[str]:
    yield "Where agreement is lost"
    rows = [[step.title, step.symbol, *_numbers(step.measure)] for step in said.chain(report)]
    yield from table(["", "", "value", "95 % interval", "n"], rows, "llrrr")


def _measures(report: Report) -> Iterator[str]:
    rows = []
    for part, measures in report.parts:
        for at, measure in enumerate(measures):
            what = definition(measure.name, report.titles)
            title = what.title
            if measure.target is not None:
                title = f"{title}: {report.title('target', measure.target)}"
            first = PARTS.get(part, part) if at == 0 else ""
            rows.append([first, what.symbol, title, *_numbers(measure)])
    if rows:
        yield "All measures"
        yield from table(["", "", "", "value", "95 % interval", "n"], rows, "lllrrr")


def _specific(report: Report) -> Iterator[str]:
    rows = [[report.title("stance", one.name), *_numbers(one)] for one in report.labels]
    if rows:
        yield "Specific agreement of each stance"
        yield from table(["", "value", "95 % interval", "n"], rows, "lrrr")


def _matrix(report: Report, matrix: Matrix) -> Iterator[str]:
    one, other = matrix.annotators
    labels = [report.title(matrix.choice, label) for label in matrix.labels]
    yield f"{PARTS[matrix.choice]}: {one} (rows) and {other} (columns)"
    rows = [
        [label, *(str(count) if count else "·" for count in row)]
        for label, row in zip(labels, matrix.counts, strict=True)
    ]
    yield from table(["", *labels], rows, "l" + "r" * len(labels))


def _slices(report: Report, kind: str, slices: Sequence[Slice]) -> Iterator[str]:
    if not slices:
        return
    yield f"By {'pair of annotators' if kind == 'pair' else kind}"
    steps = [step for step in said.STEPS if not (kind == "target" and step == "target_alpha")]
    heads = [f"{said.step_title(s)} {definition(s, report.titles).symbol}" for s in steps]
    rows = []
    for one in slices:
        found = [one.measure(step) for step in steps]
        name = report.title("target", one.key) if kind == "target" else one.key
        cells = [_marked(measure) for measure in found]
        rows.append([_short(name), *cells, said.units(found)])
    yield from table([_HEADINGS[kind], *heads, "n"], rows, "l" + "r" * (len(heads) + 1))


def _disagreements(report: Report) -> Iterator[str]:
    rows = []
    for kind, count in report.disagreements.items():
        group, _, name = kind.partition(":")
        title = KINDS[group]
        rows.append([f"{title}: {report.title(group, name)}" if name else title, str(count)])
    yield f"Disagreements: {said.number(sum(report.disagreements.values()))}"
    yield from table(["", "cases"], rows, "lr")


def _notes(report: Report) -> Iterator[str]:
    reasons = said.reasons(report)
    if reasons:
        yield "Undefined, with the raw agreement where there is one:"
        yield from (f"{mark}  {reason}" for reason, mark in reasons.items())
    if report.without_interval:
        yield f"No intervals: {said.no_interval(report)}"


def _numbers(measure: Measure | None) -> list[str]:
    return [said.value_with_raw(measure), said.interval(measure), said.number_of(measure)]


def _marked(measure: Measure | None) -> str:
    if measure is None or measure.value is not None:
        return said.value(measure)
    raw = [] if measure.percent is None else [said.percentage(measure.percent)]
    return f"undefined ({', '.join([said.mark(measure), *raw])})"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> Iterator[str]:
    """Yield the lines of a table; `sides` says of each column whether it is left or right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = [
            cell.rjust(width) if side == "r" else cell.ljust(width)
            for cell, width, side in zip(row, widths, sides, strict=True)
        ]
        yield "  ".join(cells).rstrip()
