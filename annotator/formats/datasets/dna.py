"""The statement table (event list) of the Discourse Network Analyzer 3, as CSV.

Semicolons between cells, UTF-8, the columns of its export in their order, then three of ours. The
program itself turns semicolons into commas and quotation marks into apostrophes; here the text
stays as it is, in quotation marks as RFC 4180 has it. Positions are UTF-16 units, as in Java.
"""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

from annotator.domain.offset_units import Ruler
from annotator.formats.datasets import losses
from annotator.formats.datasets.form import Context, Entry, Form, Option
from annotator.formats.datasets.options import chosen
from annotator.formats.datasets.split_files import SplitFiles
from annotator.formats.statement_record import StatementRecord

COLUMNS = (
    "statement_id time person organization concept agreement start_position stop_position text"
    " coder document_id document_title document_author document_source document_section"
    " document_type statement_uid stance coder_name"
).split()

UNDECIDED = Option(
    "undecided",
    "Statements neither for nor against, since agreement is 1 or 0",
    ("leave_out", "empty"),
)

_AGREEMENT = {"favor": 1, "against": 0}
_ORGANISED = frozenset({"government", "organisation", "collective"})
_LEFT_OUT = (
    "mention cue condition chain attributes flags note pieces excluded negatives annotations soft"
    " no_statement"
).split()


class Tables:
    """Writes a row for each statement; statements, articles and people are numbered from 1."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._texts = context.texts
        self._keeps_undecided = chosen(context, UNDECIDED) == "empty"
        self._files = SplitFiles(folder, context, "statements", ".csv")
        self._articles = 0
        self._statements = 0
        self._people: dict[str, int] = {}
        for file in self._files.by_split.values():
            file.write(_line(COLUMNS))

    def add(self, entry: Entry) -> None:
        """Write the rows of one article."""
        self._articles += 1
        ruler = Ruler(entry.article.text or "", "utf16")
        for record, split in zip(entry.statements, entry.splits, strict=True):
            self._statements += 1
            if _left_out(record, keeps_undecided=self._keeps_undecided):
                continue
            row = self._row(entry, record, ruler)
            self._files.by_split[split].write(_line([row[column] for column in COLUMNS]))

    def finish(self) -> None:
        """Close the files."""
        self.close()

    def close(self) -> None:
        """Close the files."""
        self._files.close()

    def _row(self, entry: Entry, record: StatementRecord, ruler: Ruler) -> dict[str, Any]:
        article, speaker = entry.article, record.speaker
        organised = speaker is not None and speaker.type in _ORGANISED
        name = "" if speaker is None else speaker.name
        coder = record.annotator or ""
        words = article.text[record.start : record.end] if article.text and self._texts else ""
        # the title is the article's own words
        title = article.title if self._texts and article.title else article.name
        return dict.fromkeys(COLUMNS, "") | {
            "statement_id": self._statements,
            "time": f"{article.published} 00:00:00" if article.published else "",
            "person": "" if organised else name,
            "organization": name if organised else "",
            "concept": record.target,
            "agreement": _AGREEMENT.get(record.stance or "", ""),
            "start_position": ruler.out(record.start),
            "stop_position": ruler.out(record.end),
            "text": words,
            "coder": self._people.setdefault(coder, len(self._people) + 1),
            "document_id": self._articles,
            "document_title": title,
            "document_source": article.name,
            "statement_uid": record.id,
            "stance": record.stance,
            "coder_name": coder,
        }


def _left_out(record: StatementRecord, *, keeps_undecided: bool) -> bool:
    return losses.is_open(record) or not (keeps_undecided or record.stance in _AGREEMENT)


def _line(cells: Any) -> bytes:
    line = io.StringIO()
    csv.writer(line, csv.unix_dialect, delimiter=";", quoting=csv.QUOTE_NONNUMERIC).writerow(cells)
    return line.getvalue().encode()


def _lost(entry: Entry, context: Context) -> Counter[str]:
    found = losses.of(entry, ("open", *_LEFT_OUT))
    what = "left out" if chosen(context, UNDECIDED) == "leave_out" else "without agreement"
    for record in entry.statements:
        if not losses.is_open(record) and record.stance not in _AGREEMENT:
            found[f"statements that are {record.stance}: {what}"] += 1
    return +found


FORMS = (
    Form(
        name="dna",
        title="Discourse Network Analyzer",
        unit="statement",
        carries="The statement table: person or organisation, concept (the target), agreement,"
        " the words as they are, their place in UTF-16 units, article and annotator.",
        lacks="Statements that are neither for nor against (unless asked for, then without"
        " agreement) or open; a date where the article has none; mentions,"
        " cues, conditions, chains, attributes, flags and notes. Words between pieces go in too.",
        writer=Tables,
        lost=_lost,
        stand_off=True,
        options=(UNDECIDED,),
    ),
)
