"""dataset.json: what an export holds, of which project, by whom, under which codebook."""

from collections.abc import Mapping, Sequence

import msgspec

from annotator.errors import UserError
from annotator.formats.decoding_faults import clause

SCHEMA = "stance-dataset/1"


class FileRecord(msgspec.Struct, frozen=True):
    """One file of an export."""

    lines: int
    bytes: int
    sha256: str


class CodebookRecord(msgspec.Struct, frozen=True):
    """The codebook by its ids: enough to know every value a line can hold."""

    version: str
    targets: Sequence[str]
    stances: Sequence[str]
    attributes: Mapping[str, Sequence[str]]
    flags: Sequence[str]


class CountsRecord(msgspec.Struct, frozen=True):
    """How many lines there are, and how they spread; what is not chosen counts as "(open)"."""

    articles: int
    statements: int
    by_annotator: Mapping[str, int]
    by_target: Mapping[str, int]
    by_stance: Mapping[str, int]
    by_article: Mapping[str, int]


class SpeakerRecord(msgspec.Struct, frozen=True):
    """A speaker of the export with what the lines do not say; `on_behalf_of` is another's id."""

    id: str
    name: str
    type: str
    on_behalf_of: str | None = None
    aliases: Sequence[str] = ()


class StandOff(msgspec.Struct, frozen=True):
    """How the anchors of a dataset without texts were made; `window` counts words."""

    salt: str
    window: int
    digits: int


class DatasetRecord(msgspec.Struct, frozen=True):
    """What an export is; `stand_off` is there where it holds no texts."""

    schema: str
    program: str
    project: str
    exported_at: str
    label_source: str
    annotators: Sequence[str]
    codebook: CodebookRecord
    counts: CountsRecord
    files: Mapping[str, FileRecord]
    speakers: Sequence[SpeakerRecord] = ()
    stand_off: StandOff | msgspec.UnsetType = msgspec.UNSET


def encode(record: DatasetRecord) -> bytes:
    """Return the bytes of dataset.json."""
    return layout(msgspec.json.encode(record))


def layout(body: bytes) -> bytes:
    """Return JSON laid out for people."""
    return msgspec.json.format(body, indent=2) + b"\n"


def decode(data: bytes) -> DatasetRecord:
    """Return what dataset.json says; UserError when it is not one of ours."""
    try:
        record = msgspec.json.decode(data, type=DatasetRecord)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(f"it is not the dataset.json of an export: {clause(error)}") from error
    if record.schema != SCHEMA:
        raise UserError(f"its schema is “{record.schema}”, not “{SCHEMA}”")
    return record
