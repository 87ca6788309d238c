"""The numbers of a report on agreement for other programs: JSON and CSV, at full precision.

docs/formats.md describes both; their keys, columns and names are kept from version to version.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.domain.agreement.reported import Report
from annotator.domain.agreement.values import Measure

COLUMNS = ("scope", "key", "name", "target", "value", "low", "high", "n", "undefined")
SPECIFIC = "specific_agreement"


def json_text(report: Report) -> str:
    """Return the numbers as JSON with a line end."""
    return json.dumps(numbers(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def numbers(report: Report) -> dict[str, Any]:
    """Return the numbers as they are written."""
    return {
        "annotators": list(report.annotators),
        "articles": len(report.articles),
        "seed": report.settings.seed,
        "draws": report.settings.draws,
        "measures": _measures(report.measures),
        "by_target": [
            {"target": one.key, "measures": _measures(one.measures)} for one in report.by_target
        ],
        "by_speaker": [
            {"speaker": one.key, "measures": _measures(one.measures)} for one in report.by_speaker
        ],
        "by_article": [
            {"article": one.key, "measures": _measures(one.measures)} for one in report.by_article
        ],
        "by_pair": [
            {"annotators": list(one.names), "measures": _measures(one.measures)}
            for one in report.by_pair
        ],
        "specific_agreement": [
            {"stance": label.name, **_numbers(label)} for label in report.labels
        ],
        "confusion": [
            {
                "choice": matrix.choice,
                "annotators": list(matrix.annotators),
                "labels": list(matrix.labels),
                "counts": [list(row) for row in matrix.counts],
            }
            for matrix in report.matrices
        ],
        "disagreements": dict(report.disagreements),
    }


def csv_text(report: Report) -> str:
    """Return the numbers as CSV, one row a measure, with a row of headings."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(report))
    return out.getvalue()


def _measures(measures: Iterable[Measure]) -> list[dict[str, Any]]:
    return [_measure(measure) for measure in measures]


def _measure(measure: Measure) -> dict[str, Any]:
    found = {"name": measure.name, **_numbers(measure)}
    return found if measure.target is None else {**found, "target": measure.target}


def _numbers(measure: Measure) -> dict[str, Any]:
    return {
        "value": measure.value,
        "low": measure.low,
        "high": measure.high,
        "n": measure.n,
        "undefined": measure.undefined,
    }


def _rows(report: Report) -> Iterator[list[Any]]:
    for measure in report.measures:
        yield _row("all", "", measure.name, measure)
    for label in report.labels:
        yield _row("stance", label.name, SPECIFIC, label)
    for scope, slices in report.slices:
        for one in slices:
            for measure in one.measures:
                yield _row(scope, one.key, measure.name, measure)


def _row(scope: str, key: str, name: str, measure: Measure) -> list[Any]:
    cells = (measure.target, measure.value, measure.low, measure.high, measure.n, measure.undefined)
    return [scope, key, name, *("" if cell is None else cell for cell in cells)]
