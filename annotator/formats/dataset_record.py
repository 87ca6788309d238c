"""dataset.json: what an export holds, of which project, by whom, under which codebook."""

from collections.abc import Mapping, Sequence

import msgspec

from annotator.errors import UserError
from annotator.formats.decoding_faults import clause

SCHEMA = "stance-dataset/1"


class FileRecord(msgspec.Struct, frozen=True):
    """One file of an export; `lines` is null where it is no text."""

    lines: int | None
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


class PeriodRecord(msgspec.Struct, frozen=True):
    """The days `since` to `until`, both among them; null leaves a side open."""

    since: str | None = None
    until: str | None = None


class ChoiceRecord(msgspec.Struct, frozen=True):
    """What was chosen to go in; whose labels stands in `annotators` and `label_source`."""

    status: str = "any"
    targets: Sequence[str] | None = None
    made: PeriodRecord = PeriodRecord()
    published: PeriodRecord = PeriodRecord()
    excluded: bool = True
    negatives: bool = False


class SplitsRecord(msgspec.Struct, frozen=True):
    """How rows were divided: `shares` of the splits, or `folds`; never within one group of `by`.

    `counts` are rows (negatives too) by split, `notes` what to know of the result.
    """

    by: str
    shares: Sequence[float]
    folds: int
    seed: int
    counts: Mapping[str, int]
    notes: Sequence[str] = ()


class DatasetRecord(msgspec.Struct, frozen=True):
    """What an export is.

    `left_out` counts what does not go in by reason, `lost` what its format cannot carry. `texts` is
    whether words of the articles are in it, `negatives` how many sentences without a statement,
    `stand_off` is there where it holds no texts.
    """

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
    format: str = "jsonl"
    options: Mapping[str, str] = {}
    choice: ChoiceRecord = ChoiceRecord()
    offsets: Sequence[str] = ()
    texts: bool = True
    negatives: int = 0
    splits: SplitsRecord | None = None
    left_out: Mapping[str, int] = {}
    lost: Mapping[str, int] = {}
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
