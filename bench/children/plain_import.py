"""FILE ARTICLES STATEMENTS: nothing but json.loads and executemany into plain tables."""

import json
import sqlite3
import sys
from collections.abc import Iterator
from typing import Any

_ARTICLE = "uid name title lang sha256 length file_name file_sha256 imported_at text".split()
_PLAIN = (
    "id article start end text prefix suffix target stance note annotator provenance"
    " codebook_version created_at updated_at"
).split()
_SPEAKER = ("id", "name", "type")
_ATTRIBUTES = ("attribution", "condition", "evidence", "scope", "confidence")


def _lines(path: str) -> Iterator[Any]:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - as one would write it
        for line in file:
            yield json.loads(line)


def _articles(path: str) -> Iterator[list[Any]]:
    for record in _lines(path):
        yield [record[key] for key in _ARTICLE]


def _statements(path: str) -> Iterator[list[Any]]:
    for record in _lines(path):
        speaker, attributes = record["speaker"], record["attributes"]
        mention = record["mention"]
        yield [
            *(record[key] for key in _PLAIN),
            *(speaker[key] for key in _SPEAKER),
            *(attributes[key] for key in _ATTRIBUTES),
            *((mention["start"], mention["end"]) if mention else (None, None)),
        ]


def _main() -> None:
    path, articles, statements = sys.argv[1:]
    connection = sqlite3.connect(path)
    tables = {"article": (len(_ARTICLE), _articles(articles))}
    width = len(_PLAIN) + len(_SPEAKER) + len(_ATTRIBUTES) + 2
    tables["statement"] = (width, _statements(statements))
    for name, (columns, rows) in tables.items():
        listed = ", ".join(f"c{i}" for i in range(columns))
        connection.execute(f"CREATE TABLE {name} ({listed})")
        marks = ", ".join("?" * columns)
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608
    connection.commit()
    connection.close()


if __name__ == "__main__":
    _main()
