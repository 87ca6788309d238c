"""The tables of a project file; annotator.storage.migrations makes them."""

import uuid

APPLICATION_ID = 0x53544E43  # "STNC"

# The highest schema this program knows; the file keeps its own number in user_version.
NEWEST = 3

# Rows of these tables change only inside a transaction of the store, which records them.
RECORDED = (
    "project",
    "codebook",
    "annotator",
    "article",
    "speaker",
    "alias",
    "statement",
    "source",
    "excluded",
    "work",
    "decision",
    "decision_source",
)

# What undo must know of rows beside their references.
# Changes of one step that only make sense together: those that agree in these columns.
TOGETHER = {
    "statement": ("annotator_id", "article_id"),
    "work": ("annotator_id", "article_id"),
    "excluded": ("article_id",),
    "decision": ("article_id",),  # and the gold statements there
}
# Rows that are part of another, and by which column.
PARTS = {
    "alias": ("speaker_id", "speaker"),
    "source": ("statement_id", "statement"),
    "decision_source": ("decision_id", "decision"),
    "excluded": ("article_id", "article"),
}
# Rows with a start and an end that may not overlap where this column agrees.
APART = {"excluded": "article_id"}
# Columns that say when, not what: they stand in nobody's way.
STAMPS = frozenset({"updated_at"})

# The JSON of statements is checked by its brackets alone: json_type took an eighth of an import.
# What is inside is checked by `checking.faults`.
# AUTOINCREMENT: an id is never given twice. The steps name rows by id; one annotator's undo must
# not meet another's newer row under the id of a row that is gone.
TABLES = """
CREATE TABLE project (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE codebook (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL CHECK (json_valid(body)),
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE annotator (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (trim(name) <> ''),
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    lang TEXT,
    words INTEGER NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE speaker (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (trim(name) <> ''),
    folded TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN
        ('person', 'government', 'organisation', 'collective', 'unnamed', 'narrator')),
    on_behalf_of INTEGER REFERENCES speaker (id) CHECK (on_behalf_of <> id)
) STRICT;
CREATE UNIQUE INDEX speaker_name ON speaker (name);
CREATE INDEX speaker_on_behalf_of ON speaker (on_behalf_of) WHERE on_behalf_of IS NOT NULL;
CREATE TABLE alias (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    speaker_id INTEGER NOT NULL REFERENCES speaker (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (speaker_id, folded)
) STRICT;
CREATE TABLE statement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    article_id INTEGER NOT NULL REFERENCES article (id),
    annotator_id INTEGER NOT NULL REFERENCES annotator (id),
    speaker_id INTEGER REFERENCES speaker (id),
    target TEXT,
    stance TEXT,
    attributes TEXT NOT NULL DEFAULT '{}' CHECK (attributes GLOB '{*}'),
    flags TEXT NOT NULL DEFAULT '[]' CHECK (flags GLOB '[[]*]'),
    note TEXT,
    pieces TEXT NOT NULL CHECK (pieces GLOB '[[]*]'),
    "start" INTEGER NOT NULL CHECK ("start" >= 0),
    "end" INTEGER NOT NULL CHECK ("end" > "start"),
    mention_start INTEGER CHECK (mention_start >= 0),
    mention_end INTEGER CHECK (mention_end > mention_start),
    cue_start INTEGER CHECK (cue_start >= 0),
    cue_end INTEGER CHECK (cue_end > cue_start),
    condition_start INTEGER CHECK (condition_start >= 0),
    condition_end INTEGER CHECK (condition_end > condition_start),
    provenance TEXT NOT NULL CHECK (provenance IN ('manual', 'imported', 'suggestion')),
    codebook_version TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK ((mention_start IS NULL) = (mention_end IS NULL)),
    CHECK ((cue_start IS NULL) = (cue_end IS NULL)),
    CHECK ((condition_start IS NULL) = (condition_end IS NULL))
) STRICT;
CREATE INDEX statement_article ON statement (article_id, annotator_id, "start");
CREATE INDEX statement_speaker ON statement (speaker_id) WHERE speaker_id IS NOT NULL;
CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    statement_id INTEGER NOT NULL REFERENCES statement (id),
    position INTEGER NOT NULL,
    speaker_id INTEGER NOT NULL REFERENCES speaker (id),
    "start" INTEGER CHECK ("start" >= 0),
    "end" INTEGER CHECK ("end" > "start"),
    CHECK (("start" IS NULL) = ("end" IS NULL))
) STRICT;
CREATE INDEX source_statement ON source (statement_id, position);
CREATE INDEX source_speaker ON source (speaker_id);
CREATE TABLE excluded (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    article_id INTEGER NOT NULL REFERENCES article (id),
    "start" INTEGER NOT NULL CHECK ("start" >= 0),
    "end" INTEGER NOT NULL CHECK ("end" > "start"),
    reason TEXT
) STRICT;
CREATE INDEX excluded_article ON excluded (article_id, "start");
CREATE TABLE work (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    annotator_id INTEGER NOT NULL REFERENCES annotator (id),
    article_id INTEGER NOT NULL REFERENCES article (id),
    status TEXT NOT NULL CHECK (status IN ('todo', 'in_progress', 'done', 'flagged')),
    note TEXT,
    UNIQUE (annotator_id, article_id)
) STRICT;
CREATE INDEX work_article ON work (article_id);
CREATE TABLE visit (
    annotator_uid TEXT NOT NULL,
    article_uid TEXT NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (annotator_uid, article_uid)
) STRICT, WITHOUT ROWID;
CREATE TABLE step (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    at TEXT NOT NULL,
    annotator_id INTEGER REFERENCES annotator (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'undone', 'dropped', 'kept'))
) STRICT;
CREATE INDEX step_state ON step (state, id);
CREATE TABLE step_part (
    id INTEGER PRIMARY KEY,
    step_id INTEGER NOT NULL REFERENCES step (id),
    changes BLOB NOT NULL
) STRICT;
CREATE INDEX step_part_step ON step_part (step_id);
"""

# External content: the words are indexed without being kept twice. No triggers (they would
# write outside the record); the store keeps the index beside the rows of `article`.
SEARCH = """
CREATE VIRTUAL TABLE article_search USING fts5 (
    text, content='article', content_rowid='id', tokenize="unicode61 remove_diacritics 2"
);
"""

# Gold statements are rows of `statement` that belong to the one annotator whose role is gold, so
# that everything that edits a statement edits them too. `statement_uid` is no reference: what was
# decided stays on record when the label it was decided from is deleted.
DECISIONS = """
CREATE TABLE decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    article_id INTEGER NOT NULL REFERENCES article (id),
    statement_id INTEGER REFERENCES statement (id),
    annotator_id INTEGER NOT NULL REFERENCES annotator (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('statement', 'none', 'open')),
    reason TEXT,
    discuss TEXT,
    decided_at TEXT NOT NULL,
    CHECK ((verdict = 'statement') = (statement_id IS NOT NULL)),
    CHECK (verdict <> 'open' OR discuss IS NOT NULL)
) STRICT;
CREATE INDEX decision_article ON decision (article_id);
CREATE UNIQUE INDEX decision_statement ON decision (statement_id) WHERE statement_id IS NOT NULL;
CREATE INDEX decision_annotator ON decision (annotator_id);
CREATE TABLE decision_source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    statement_uid TEXT NOT NULL,
    seen TEXT NOT NULL,
    UNIQUE (decision_id, statement_uid)
) STRICT;
CREATE INDEX decision_source_statement ON decision_source (statement_uid)
"""


DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"  # a day as a GLOB


def gold_row(project_uid: str, at: str) -> dict[str, str]:
    """Return the row of the annotator who owns the gold statements, the same in every copy.

    Nobody can be called so: whoever types a name types no uid.
    """
    uid = str(uuid.uuid5(uuid.UUID(project_uid), "gold"))
    return {"uid": uid, "name": f"gold {uid}", "role": "gold", "created_at": at}
