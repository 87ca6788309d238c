"""Validating a dataset: what is wrong is said with file and line, whatever it is."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UserError
from annotator.services import sample, validating
from tests.services.stand_off_export import export_stand_off


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    """The sample, exported without and with its texts."""
    project = sample.make_sample(tmp_path / "sample.stance")
    export_stand_off(project, tmp_path / "bare", tmp_path / "whole")
    project.close()
    describe(tmp_path / "bare")
    return tmp_path / "bare", tmp_path / "whole"


def describe(folder: Path) -> None:
    """Let dataset.json name the files as they are."""
    said = json.loads((folder / "dataset.json").read_bytes())
    said["files"] = {
        path.name: {
            "lines": data.count(b"\n"),
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        for path in sorted(folder.glob("*.jsonl"))
        for data in [path.read_bytes()]
    }
    (folder / "dataset.json").write_text(json.dumps(said), encoding="utf-8")


def records(folder: Path, name: str = "statements.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_bytes().splitlines()]


def rewrite(folder: Path, lines: list[dict[str, Any]], name: str = "statements.jsonl") -> None:
    body = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    (folder / name).write_text(body, encoding="utf-8")
    describe(folder)


def found(folder: Path) -> list[str]:
    return [str(finding) for finding in validating.validate(folder).findings]


def test_what_is_exported_is_sound(made) -> None:
    for folder in made:
        verdict = validating.validate(folder)
        assert verdict.findings == []
        assert verdict.checked == "86 statements in 6 articles, every file"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": 83}, "its pieces do not begin at 83 and end at 206"),
        ({"text": "other"}, "its text is not what stands at 82 to 206 of the article"),
        ({"prefix": "x"}, "its prefix or suffix is not what stands beside it in the article"),
        ({"article": "none"}, "its article none is not in articles.jsonl"),
        ({"article_sha256": "0"}, "its article_sha256 is not that of its article"),
        ({"stance": "pro"}, "its stance “pro” is not in the codebook"),
        ({"attributes": {"mood": "good"}}, "its attribute “mood” is not in the codebook"),
        ({"attributes": {"scope": "all"}}, "its scope “all” is not in the codebook"),
        ({"flags": ["red"]}, "its flag “red” is not in the codebook"),
        ({"schema": "stance/9"}, "its schema is “stance/9”, which no such line"),
        ({"pieces": [[82, 99999]], "end": 99999}, "it reaches to 99999, beyond the"),
        ({"pieces": "82"}, "its “pieces” should be a list, not text"),
    ],
)
def test_a_line_that_is_not_right(made, change: dict[str, Any], said: str) -> None:
    _, whole = made
    lines = records(whole)
    lines[0] |= change
    rewrite(whole, lines)
    assert any(each.startswith(f"statements.jsonl, line 1: {said}") for each in found(whole))


def test_a_missing_key_and_lines_that_stand_twice(made) -> None:
    _, whole = made
    lines = records(whole)
    del lines[3]["note"]
    lines[5] = lines[4]
    lines[7] = lines[6] | {"id": "another"}
    rewrite(whole, lines)
    assert found(whole)[:3] == [
        "statements.jsonl, line 4: it has no “note”; correct it or export it anew",
        "statements.jsonl, line 6: its id stands in statements.jsonl, line 5 already",
        "statements.jsonl, line 8: it says the same as statements.jsonl, line 7",
    ]
    assert "dataset.json: it counts 86 statements, not 85" in found(whole)


def test_changed_and_missing_files(made) -> None:
    _, whole = made
    articles = (whole / "articles.jsonl").read_bytes()
    (whole / "articles.jsonl").write_bytes(articles.replace(b"La", b"Le", 1))
    assert found(whole)[0] == "articles.jsonl: its sha256 is not the one in dataset.json"
    assert any("its sha256 is not that of its text" in each for each in found(whole))
    (whole / "statements.jsonl").write_bytes(b"")
    assert "statements.jsonl: it has 0 lines, dataset.json says 86" in found(whole)


def test_words_in_a_dataset_without_texts_are_found(made) -> None:
    bare, _ = made
    lines = records(bare)
    lines[0]["note"] = "a quotation"
    lines[1]["mention"]["text"] = "Moscou"
    lines[2]["pieces"] = [[10**7, 10**7 + 5]]
    lines[2] |= {"start": 10**7, "end": 10**7 + 5}
    rewrite(bare, lines)
    words = "it holds words of its article, which this dataset must not"
    assert found(bare) == [
        f"statements.jsonl, line 1: {words}",
        f"statements.jsonl, line 2: {words}",
        "statements.jsonl, line 3: its span 10000000 to 10000005 is empty or beyond the article",
    ]


def test_leaks_between_splits_are_found(made) -> None:
    bare, whole = made
    for folder in made:
        lines = records(folder)
        (folder / "statements.jsonl").unlink()
        rewrite(folder, lines[::2], "train.jsonl")
        rewrite(folder, lines[1::2], "test.jsonl")
        said = json.loads((folder / "dataset.json").read_bytes())
        said["splits"] = {"by": "none", "shares": [50, 50], "folds": 0, "seed": 0} | {
            "counts": {"train": 43, "test": 43}
        }
        (folder / "dataset.json").write_text(json.dumps(said))
        assert any("of another split" in each for each in found(folder))
    assert any("its words stand in train.jsonl, line" in each for each in found(whole))
    assert not any("its words stand in" in each for each in found(bare))


@pytest.mark.parametrize(
    "line",
    [
        b'{"schema":',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'"text"',
        b'{"a":' * 5000,
        b"not json at all",
        b'{"id":"\xe9"}',
    ],
)
def test_hostile_lines_are_listed(made, line: bytes) -> None:
    _, whole = made
    path = whole / "statements.jsonl"
    path.write_bytes(path.read_bytes() + line + b"\n")
    describe(whole)
    assert found(whole)[0].startswith("statements.jsonl, line 87: ")


def test_hostile_datasets_are_refused(made, tmp_path: Path) -> None:
    _, whole = made
    said = json.loads((whole / "dataset.json").read_bytes())
    for name in ("../x.jsonl", "/etc/passwd", "a/../../b", "C:\\x", "..\\x", ""):
        changed = said | {"files": {name: said["files"]["articles.jsonl"]}}
        (whole / "dataset.json").write_text(json.dumps(changed))
        with pytest.raises(UserError, match="names a file outside of its folder"):
            validating.validate(whole)
    for body in (b"{", b"[]", b"{" * 9999, b"\xff", b"{}"):
        (whole / "dataset.json").write_bytes(body)
        with pytest.raises(UserError, match="cannot be taken"):
            validating.validate(whole)
    with pytest.raises(UserError, match="is no dataset of this program"):
        validating.validate(tmp_path / "nowhere")


def test_very_many_findings_end(made) -> None:
    _, whole = made
    lines = [line | {"id": str(at)} for at, line in enumerate(records(whole) * 20)]
    rewrite(whole, lines)
    assert len(found(whole)) == 1001
    assert found(whole)[-1].endswith("and more; mend these first")
