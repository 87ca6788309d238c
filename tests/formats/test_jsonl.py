import io
import json

import msgspec
import pytest

from annotator.errors import UserError
from annotator.formats import jsonl
from annotator.formats.jsonl import Reader, Refusal, Writer
from annotator.formats.statement_record import (
    Quote,
    SourceRef,
    SpeakerRef,
    StatementRecord,
    misfit,
)

GOOD = b'{"schema":"stance/1","id":"x","article":null}'
KEYS = (
    "schema id article article_name article_sha256 lang start end text pieces prefix suffix speaker"
    " mention source_chain target stance attributes condition_span flags note annotator"
    " label_source provenance codebook_version created_at updated_at"
)


def read(data: bytes) -> list[tuple[int, StatementRecord | Refusal]]:
    return list(Reader(io.BytesIO(data), StatementRecord))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"schema":"stan', "not JSON from byte 15 on"),
        (b"[" * 100_000, "it should be an object {…}, not a list; "),
        (b'{"schema":"a","id":"x","article":null,"q":' + b"[" * 100_000, "nested too deeply"),
        (b'{"schema":"\xe9t\xe9","id":"x","article":null}', "not UTF-8"),
        (b'{"schema":"\\ud800","id":"x","article":null}', "not JSON"),
        (
            b'{"schema":"a","id":"x","article":null,"start":1.5}',
            "its “start” should be a whole number, not a decimal number",
        ),
        (
            b'{"schema":"a","id":"x","article":null,"start":true}',
            "its “start” should be a whole number, not true or false",
        ),
        (
            b'{"schema":"a","id":"x","article":null,"pieces":[[1]]}',
            "its “pieces[0]” should be a list of 2; ",
        ),
        (
            b'{"schema":"a","id":"x","article":null,"speaker":"Ada"}',
            "its “speaker” should be an object {…} or null, not text",
        ),
        (b'{"schema":NaN}', "not JSON"),
        (b"null", "it should be an object {…}, not null"),
        (b"\0\0\0", "not JSON"),
        (b"{}", "it has no “schema”; correct it or export it anew"),
        (
            b'{"schema":"a","id":"x","article":null,"speaker":{"id":"y"}}',
            "its “speaker” has no “name”; ",
        ),
    ],
)
def test_a_faulty_line_is_named_and_the_others_come(line: bytes, reason: str) -> None:
    found = read(GOOD + b"\n\n" + line + b"\n  \n" + GOOD)
    assert [number for number, _ in found] == [1, 3, 5]
    refusal = found[1][1]
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason
    assert str(refusal).startswith("line 3: ")
    assert isinstance(found[2][1], StatementRecord)


def test_a_line_that_is_cut_short_is_said_to_be() -> None:
    refusal = read(GOOD + b"\n" + GOOD[:-9])[1][1]
    assert isinstance(refusal, Refusal)
    assert "cut short" in refusal.reason


def test_a_huge_line_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 100)
    found = read(GOOD + b"\n" + b"x" * 3_000_000 + b"\n" + GOOD + b"\n")
    assert [type(value) for _, value in found] == [StatementRecord, Refusal, StatementRecord]
    assert found[2][0] == 3


def test_a_line_just_as_long_as_allowed_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", len(GOOD) + 1)
    assert [type(value) for _, value in read((GOOD + b"\n") * 2)] == [StatementRecord] * 2


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    found = read(b"\xef\xbb\xbf" + GOOD + b"\r\n\r\n" + GOOD + b"\r\n")
    assert [number for number, _ in found] == [1, 3]
    assert all(isinstance(value, StatementRecord) for _, value in found)


def test_a_file_in_utf_16_is_refused_as_a_whole() -> None:
    with pytest.raises(UserError, match="UTF-16"):
        read(GOOD.decode().encode("utf-16"))


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf", b"\n \n\r\n"])
def test_an_empty_file_holds_nothing(data: bytes) -> None:
    assert read(data) == []


def record(**changes: object) -> StatementRecord:
    made = StatementRecord(
        schema="stance/1", id="x", article="a", start=0, end=3, text="été", pieces=[(0, 3)]
    )
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def test_keys_are_always_there_and_in_order() -> None:
    keys = list(json.loads(jsonl.line(record())))
    assert keys == KEYS.replace(" source_chain", " cue source_chain").split()


def test_the_writer_writes_a_line_for_each_value() -> None:
    file = io.BytesIO()
    writer = Writer(file)
    for _ in range(3000):
        writer.write(record(note="« été 🕊️ »\u2028\n"))
    writer.finish()
    body = file.getvalue()
    assert body.count(b"\n") == 3000
    assert "« été 🕊️ »".encode() in body
    assert {jsonl.line(value) for _, value in read(body)} == {body[: body.index(b"\n")].decode()}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, None),
        ({"pieces": []}, None),
        ({"start": 5, "end": 14, "text": "un … trois", "pieces": [(5, 7), (9, 14)]}, None),
        ({"text": "ete"}, "its text"),
        ({"text": "e\u0301te\u0301"}, "its text"),
        ({"start": -1, "pieces": [(-1, 3)]}, "empty"),
        ({"end": 99, "pieces": [(0, 99)]}, "beyond"),
        ({"end": 2**70, "pieces": [(0, 2**70)]}, "beyond"),
        ({"end": 0, "text": "", "pieces": [(0, 0)]}, "empty"),
        ({"start": 3, "end": 0, "pieces": [(3, 0)]}, "empty"),
        ({"end": 4}, "its pieces"),
        ({"end": 7, "pieces": [(5, 7), (0, 3)], "start": 5}, "its pieces"),
        ({"end": 7, "pieces": [(0, 3), (3, 7)]}, "touches"),
        ({"mention": Quote(0, 3, "été")}, None),
        ({"mention": Quote(0, 3, "Été")}, "its mention"),
        ({"cue": Quote(3, 3, "")}, "its cue"),
        ({"condition_span": Quote(10, 99, "ois")}, "its condition"),
        ({"source_chain": [SourceRef(SpeakerRef("s", "S", "person"))]}, None),
        (
            {"source_chain": [SourceRef(SpeakerRef("s", "S", "person"), Quote(1, 2, "x"))]},
            "a source",
        ),
    ],
)
def test_what_does_not_fit_the_text_is_found(changes: dict[str, object], fault: str | None) -> None:
    found = misfit(record(**changes), "été, un, trois")
    assert (found is None) == (fault is None), found
    assert fault is None or fault in (found or "")


def test_msgspec_writes_what_json_reads() -> None:
    made = record(speaker=SpeakerRef("s", "Élan", "person"), attributes={"scope": None})
    assert json.loads(jsonl.line(made)) == json.loads(json.dumps(msgspec.to_builtins(made)))
