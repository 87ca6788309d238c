"""PROJECT FOLDER: nothing but select and json.dumps of the same records; no check, no checksum."""

import json
import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_STATEMENTS = """
SELECT statement.*, speaker.uid AS speaker_uid, speaker.name AS speaker_name,
    speaker.type AS speaker_type, annotator.name AS annotator
FROM statement
JOIN speaker ON speaker.id = speaker_id
JOIN annotator ON annotator.id = annotator_id
WHERE article_id = ?
ORDER BY "start", "end", statement.id
"""


def _quote(text: str, start: int | None, end: int | None) -> Mapping[str, Any] | None:
    if start is None or end is None:
        return None
    return {"start": start, "end": end, "text": text[start:end]}


def _record(article: sqlite3.Row, row: sqlite3.Row) -> dict[str, Any]:
    text, start, end = article["text"], row["start"], row["end"]
    pieces = json.loads(row["pieces"])
    return {
        "schema": "stance/1",
        "id": row["uid"],
        "article": article["uid"],
        "article_name": article["name"],
        "article_sha256": article["sha256"],
        "lang": article["lang"],
        "start": start,
        "end": end,
        "text": " … ".join([text[a:b] for a, b in pieces]),
        "pieces": pieces,
        "prefix": text[max(0, start - 32) : start],
        "suffix": text[end : end + 32],
        "speaker": {
            "id": row["speaker_uid"],
            "name": row["speaker_name"],
            "type": row["speaker_type"],
        },
        "mention": _quote(text, row["mention_start"], row["mention_end"]),
        "cue": _quote(text, row["cue_start"], row["cue_end"]),
        "source_chain": [],
        "target": row["target"],
        "stance": row["stance"],
        "attributes": json.loads(row["attributes"]),
        "condition_span": _quote(text, row["condition_start"], row["condition_end"]),
        "flags": json.loads(row["flags"]),
        "note": row["note"],
        "annotator": row["annotator"],
        "label_source": "annotator",
        "provenance": row["provenance"],
        "codebook_version": row["codebook_version"],
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
    }


def _main() -> None:
    project, folder = sys.argv[1], Path(sys.argv[2])
    connection = sqlite3.connect(project)
    connection.row_factory = sqlite3.Row
    with (
        (folder / "statements.jsonl").open("w", encoding="utf-8") as statements,
        (folder / "articles.jsonl").open("w", encoding="utf-8") as articles,
    ):
        for article in connection.execute("SELECT * FROM article ORDER BY name"):
            articles.write(json.dumps(dict(article), ensure_ascii=False) + "\n")
            for row in connection.execute(_STATEMENTS, (article["id"],)):
                line = json.dumps(_record(article, row), ensure_ascii=False)
                statements.write(line + "\n")
    connection.close()


if __name__ == "__main__":
    _main()
